import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const keyScheduledForDeletion = defineCheck({
  id: 'kms/key-scheduled-for-deletion',
  title: 'The key is scheduled for deletion',
  calls: ['kms:DescribeKey'],
  params: z.strictObject({ key: z.string().describe('Alias, id or ARN of the key.') }),
  outputs: z.object({ deletionDate: z.string() }),
  async run({ params, account, expect, found }) {
    const { KeyMetadata: key } = await found(
      account.call('kms:DescribeKey', { KeyId: params.key }),
      `There is no key ${params.key} in ${account.region} that could be scheduled for deletion.`,
    );
    expect(key?.KeyState, `The key ${params.key} is in the state ${key?.KeyState}.`).to.equal(
      'PendingDeletion',
    );
    const deletionDate = key?.DeletionDate?.toISOString() ?? '';
    return { message: `The key will be deleted on ${deletionDate.slice(0, 10)}.`, outputs: { deletionDate } };
  },
});
