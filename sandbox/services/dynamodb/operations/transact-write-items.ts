import { TransactWriteItems$ } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import { fingerprintOf, readClientToken } from '../transactions/client-tokens.ts';
import {
  type ActionKinds,
  openTransaction,
  readTransaction,
  transactionPermissions,
} from '../transactions/transaction.ts';
import { type WriteTransaction, writeOnce } from '../transactions/write-once.ts';
import { refuseUnsupported } from '../unsupported.ts';

const expressionMembers = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];

const kinds: ActionKinds = {
  ConditionCheck: { operation: 'ConditionCheckItem', members: ['Key', ...expressionMembers] },
  Put: { operation: 'PutItem', members: ['Item', ...expressionMembers] },
  Delete: { operation: 'DeleteItem', members: ['Key', ...expressionMembers] },
  Update: {
    operation: 'UpdateItem',
    members: ['Key', 'UpdateExpression', ...expressionMembers],
    required: ['UpdateExpression'],
  },
};

export const transactWriteItems: Operation<WriteTransaction, unknown> = {
  schema: TransactWriteItems$,
  body: 'json',
  read(call, json) {
    const token = readClientToken(json.ClientRequestToken);
    if ((json.ReturnItemCollectionMetrics ?? 'NONE') !== 'NONE') {
      refuseUnsupported('TransactWriteItems', json, ['ReturnItemCollectionMetrics']);
    }
    // Text as several emulators give it for AWS (getmoto/moto#5521).
    const refusal = () => 'TransactItems can only contain one of Check, Put, Update or Delete';
    return { ...readTransaction(call, json, kinds, refusal), token, fingerprint: fingerprintOf(json) };
  },
  permissions: (call, transaction) => transactionPermissions(call, 'TransactWriteItems', transaction),
  run(call, transaction) {
    return writeOnce(call, transaction, openTransaction(call, transaction));
  },
};
