import { BatchWriteItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const batchWriteItem = itemOperation(BatchWriteItem$);
