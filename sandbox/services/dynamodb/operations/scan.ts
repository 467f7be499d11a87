import { Scan$ } from '@aws-sdk/client-dynamodb';
import { itemOperation } from '../item-operation.ts';

export const scan = itemOperation(Scan$);
