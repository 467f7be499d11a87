import { Query$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const query = itemOperation(Query$);
