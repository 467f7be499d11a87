import { z } from 'zod';
import { isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';

export const userDeleted = defineCheck({
  id: 'iam/user-deleted',
  title: 'The IAM user is gone',
  calls: ['iam:GetUser'],
  params: z.strictObject({ user: z.string().describe('Name of a user that was once seen.') }),
  async run({ params, account }) {
    try {
      await account.call('iam:GetUser', { UserName: params.user });
    } catch (error) {
      if (isAbsent(error)) return { message: `The user ${params.user} is gone.` };
      throw error;
    }
    throw new Failed(`The user ${params.user} is still there.`, { expected: 'gone', actual: 'there' });
  },
});
