import { UpdateItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const updateItem = itemOperation(UpdateItem$);
