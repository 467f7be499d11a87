import { DeleteItem$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const deleteItem = itemOperation(DeleteItem$);
