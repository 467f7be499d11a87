import { PutItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const putItem = itemOperation(PutItem$);
