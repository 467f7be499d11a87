import { z } from 'zod';
import { isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';

export const groupDeleted = defineCheck({
  id: 'iam/group-deleted',
  title: 'The IAM group is gone',
  calls: ['iam:GetGroup'],
  params: z.strictObject({ group: z.string().describe('Name of a group that was once seen.') }),
  async run({ params, account }) {
    try {
      await account.call('iam:GetGroup', { GroupName: params.group });
    } catch (error) {
      if (isAbsent(error)) return { message: `The group ${params.group} is gone.` };
      throw error;
    }
    throw new Failed(`The group ${params.group} is still there.`, { expected: 'gone', actual: 'there' });
  },
});
