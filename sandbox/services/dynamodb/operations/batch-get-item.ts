import { BatchGetItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const batchGetItem = itemOperation(BatchGetItem$);
