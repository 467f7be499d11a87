import { z } from 'zod';
import { type CallOutput, isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';

export const keyScheduledForDeletion = defineCheck({
  id: 'kms/key-scheduled-for-deletion',
  title: 'The key is scheduled for deletion',
  calls: ['kms:DescribeKey'],
  params: z.strictObject({ key: z.string().describe('Alias, id or ARN of the key.') }),
  outputs: z.object({ deletionDate: z.string() }),
  async run({ params, account, expect }) {
    const { key } = params;
    let answer: CallOutput<'kms:DescribeKey'>;
    try {
      answer = await account.call('kms:DescribeKey', { KeyId: key });
    } catch (error) {
      if (!isAbsent(error)) throw error;
      // An ARN comes from a check that saw the key, so that it is gone for good; an alias may never have been there.
      if (key.startsWith('arn:')) return { message: 'The key is deleted.', outputs: { deletionDate: '' } };
      throw new Failed(`There is no key ${key} in ${account.region} that could be scheduled for deletion.`);
    }
    const { KeyState, DeletionDate } = answer.KeyMetadata ?? {};
    expect(KeyState, `The key ${key} is in the state ${KeyState}.`).to.equal('PendingDeletion');
    const deletionDate = DeletionDate?.toISOString() ?? '';
    return { message: `The key will be deleted on ${deletionDate.slice(0, 10)}.`, outputs: { deletionDate } };
  },
});
