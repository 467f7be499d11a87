import { GetItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const getItem = itemOperation(GetItem$);
