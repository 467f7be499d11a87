import { TransactGetItems$ } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import type { ItemRequest } from '../data-plane.ts';
import { answersOf } from '../transactions/cancellation.ts';
import { consumedCapacity } from '../transactions/consumed-capacity.ts';
import {
  type ActionKinds,
  openTransaction,
  readTransaction,
  type Transaction,
  transactionPermissions,
} from '../transactions/transaction.ts';

const kinds: ActionKinds = {
  Get: { operation: 'GetItem', members: ['Key', 'ProjectionExpression', 'ExpressionAttributeNames'] },
};

export const transactGetItems: Operation<Transaction, unknown> = {
  schema: TransactGetItems$,
  body: 'json',
  read(call, json) {
    // Inferred: the text, after the one for an action that lacks a member.
    const refusal = (position: number) =>
      `1 validation error detected: Value null at 'transactItems.${position}.member.get' failed to satisfy constraint: ` +
      'Member must not be null';
    return readTransaction(call, json, kinds, refusal);
  },
  permissions: (call, transaction) => transactionPermissions(call, 'TransactGetItems', transaction),
  run(call, transaction) {
    const keys = openTransaction(call, transaction);
    const requests = transaction.requests.map(consistently);
    const answers = answersOf(call.account.dynamodb(call.region).dataPlane.transact(requests, keys));
    return {
      ...consumedCapacity(answers, 'ReadCapacityUnits'),
      Responses: answers.map(({ Item }) => (Item === undefined ? {} : { Item })),
    };
  },
};

/** A transaction reads consistently, which counts for its consumption. */
function consistently(request: ItemRequest): ItemRequest {
  return { ...request, body: { ...request.body, ConsistentRead: true } };
}
