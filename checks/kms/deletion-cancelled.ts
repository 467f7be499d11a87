import { z } from 'zod';
import type { Account } from '../account.ts';
import { isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { keyEventCalls, readKeyEvents } from './key-events.ts';

/**
 * A cancelled deletion leaves nothing behind but a key that is Disabled ("Key states of AWS KMS keys", KMS developer guide),
 * which it may be for other reasons too. So only the record of CancelKeyDeletion passes, and that it is missing fails nobody
 * whose key is in the state that a cancelled deletion leaves.
 */
export const deletionCancelled = defineCheck({
  id: 'kms/deletion-cancelled',
  title: 'The deletion of the key was scheduled, and cancelled in time',
  calls: ['dynamodb:DescribeTable', 'kms:DescribeKey', ...keyEventCalls],
  basis: 'history',
  params: z.strictObject({
    key: z.string().describe('Alias, id or ARN of the key.'),
    table: z
      .string()
      .optional()
      .describe('Name of a table that must not be encrypted under the key any more; it need not be there.'),
  }),
  outputs: z.object({ eventId: z.string(), at: z.string() }),
  async run({ params, account, found }) {
    const { key, table } = params;
    const { KeyMetadata } = await found(
      account.call('kms:DescribeKey', { KeyId: key }),
      `There is no key ${key} in ${account.region}.`,
    );
    const { Arn, KeyId, KeyState, DeletionDate } = KeyMetadata ?? {};
    if (!Arn) throw new Error('DescribeKey answered without KeyMetadata.');
    if (table !== undefined && (await keyOf(account, table)) === Arn) {
      throw new Failed(`The key ${KeyId} is still needed: ${table} is encrypted under it.`, {
        expected: 'nothing under the key',
        actual: table,
      });
    }
    const [cancelled] = await readKeyEvents(account, 'CancelKeyDeletion', Arn);
    if (cancelled) {
      return {
        message: `CloudTrail recorded ${cancelled.at}: the deletion of the key ${KeyId} was cancelled.`,
        outputs: { eventId: cancelled.eventId, at: cancelled.at },
      };
    }
    if (KeyState === 'Disabled') {
      throw new NotJudged(
        `The key ${KeyId} is Disabled, as a cancelled deletion leaves it, but CloudTrail has no cancelled deletion of it on record yet.`,
        'If you have cancelled its deletion in the last minutes, wait a quarter of an hour, and check again. If you have only disabled it, its deletion is still to be scheduled and cancelled.',
      );
    }
    const until = DeletionDate ? `, and goes on ${DeletionDate.toISOString().slice(0, 10)}` : '';
    throw new Failed(
      `The key ${KeyId} is in the state ${KeyState}${until}, and CloudTrail has no cancelled deletion of it on record, which takes some minutes.`,
      { expected: 'Disabled, after a cancelled deletion', actual: KeyState },
    );
  },
});

/** ARN of the key that a table is known to be under; while it moves to another one, that is not known. */
async function keyOf(
  account: Account<'dynamodb:DescribeTable'>,
  TableName: string,
): Promise<string | undefined> {
  try {
    const { Table } = await account.call('dynamodb:DescribeTable', { TableName });
    const { Status, KMSMasterKeyArn } = Table?.SSEDescription ?? {};
    return Status === 'ENABLED' ? KMSMasterKeyArn : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
