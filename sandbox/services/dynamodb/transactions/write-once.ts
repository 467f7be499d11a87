import type { Call } from '../../../call.ts';
import type { ActionResult } from '../data-plane.ts';
import type { TableKeys } from '../encryption/table-key.ts';
import { answersOf } from './cancellation.ts';
import { consumedCapacity } from './consumed-capacity.ts';
import type { Transaction } from './transaction.ts';

export interface WriteTransaction extends Transaction {
  /** Under one client request token, a transaction is carried out once. */
  readonly token: string | undefined;
  readonly fingerprint: string;
}

/**
 * Carries the writes out, unless that was done under this token already.
 *
 * @param reword gives the results as the caller calls them
 * @returns what was consumed
 * @throws AwsError TransactionCanceledException, IdempotentParameterMismatchException
 */
export function writeOnce(
  call: Call,
  { requests, token, fingerprint }: WriteTransaction,
  keys: TableKeys,
  reword: (results: ActionResult[]) => ActionResult[] = (results) => results,
): { ConsumedCapacity?: object[] } {
  const { dataPlane, clientTokens } = call.account.dynamodb(call.region);
  const now = call.clock.now().getTime();
  if (token !== undefined && clientTokens.isReplay(token, fingerprint, now)) {
    // "Subsequent TransactWriteItems calls with the same client token return the number of read capacity units
    // consumed in reading the item": description of ClientRequestToken in the SDK's model.
    const readings = requests.map((request) => dataPlane.readingOf(request));
    return consumedCapacity(answersOf(dataPlane.transact(readings, keys)), 'ReadCapacityUnits');
  }
  const answers = answersOf(reword(dataPlane.transact(requests, keys)));
  if (token !== undefined) clientTokens.remember(token, fingerprint, now);
  return consumedCapacity(answers, 'WriteCapacityUnits');
}
