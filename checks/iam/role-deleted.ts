import { z } from 'zod';
import { isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';

export const roleDeleted = defineCheck({
  id: 'iam/role-deleted',
  title: 'The IAM role is gone',
  calls: ['iam:GetRole'],
  params: z.strictObject({ role: z.string().describe('Name of a role that was once seen.') }),
  async run({ params, account }) {
    try {
      await account.call('iam:GetRole', { RoleName: params.role });
    } catch (error) {
      if (isAbsent(error)) return { message: `The role ${params.role} is gone.` };
      throw error;
    }
    throw new Failed(`The role ${params.role} is still there.`, { expected: 'gone', actual: 'there' });
  },
});
