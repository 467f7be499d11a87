import { TransactWriteItems$ } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { requireAll } from '../constraints.ts';
import { answersOf } from '../transactions/cancellation.ts';
import { fingerprintOf } from '../transactions/client-tokens.ts';
import { consumedCapacity } from '../transactions/consumed-capacity.ts';
import {
  type ActionKinds,
  openTransaction,
  readTransaction,
  type Transaction,
  transactionPermissions,
} from '../transactions/transaction.ts';
import { refuseUnsupported } from '../unsupported.ts';

interface WriteTransaction extends Transaction {
  readonly token: string | undefined;
  readonly fingerprint: string;
}

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
    const { ClientRequestToken } = json;
    const token = readToken(ClientRequestToken);
    if ((json.ReturnItemCollectionMetrics ?? 'NONE') !== 'NONE') {
      refuseUnsupported('TransactWriteItems', json, ['ReturnItemCollectionMetrics']);
    }
    // Text as several emulators give it for AWS (getmoto/moto#5521).
    const refusal = () => 'TransactItems can only contain one of Check, Put, Update or Delete';
    return { ...readTransaction(call, json, kinds, refusal), token, fingerprint: fingerprintOf(json) };
  },
  permissions: (call, transaction) => transactionPermissions(call, 'TransactWriteItems', transaction),
  run(call, transaction) {
    const { requests, token, fingerprint } = transaction;
    const keys = openTransaction(call, transaction);
    const { dataPlane, clientTokens } = call.account.dynamodb(call.region);
    const now = call.clock.now().getTime();
    if (token !== undefined && clientTokens.isReplay(token, fingerprint, now)) {
      // "Subsequent TransactWriteItems calls with the same client token return the number of read capacity units
      // consumed in reading the item": description of ClientRequestToken in the SDK's model.
      const readings = requests.map((request) => dataPlane.readingOf(request));
      return consumedCapacity(answersOf(dataPlane.transact(readings, keys)), 'ReadCapacityUnits');
    }
    const answers = answersOf(dataPlane.transact(requests, keys));
    if (token !== undefined) clientTokens.remember(token, fingerprint, now);
    return consumedCapacity(answers, 'WriteCapacityUnits');
  },
};

/** @throws AwsError SerializationException; ValidationException for a token of more than 36 characters or none */
function readToken(token: unknown): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token !== 'string') {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected');
  }
  const must = (length: string) =>
    `Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length ${length}`;
  requireAll(
    token.length > 36 ? must('less than or equal to 36') : undefined,
    token.length < 1 ? must('greater than or equal to 1') : undefined,
  );
  return token;
}
