import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const userExists = defineCheck({
  id: 'iam/user-exists',
  title: 'The IAM user is there',
  calls: ['iam:GetUser'],
  params: z.strictObject({ user: z.string().describe('Name of the user.') }),
  outputs: z.object({ name: z.string(), arn: z.string() }),
  async run({ params, account, found }) {
    const { User } = await found(
      account.call('iam:GetUser', { UserName: params.user }),
      `There is no IAM user ${params.user} in the account ${account.id}.`,
    );
    if (!User?.UserName || !User.Arn) throw new Error('GetUser answered without a user.');
    return {
      message: `The user ${User.UserName} is there.`,
      outputs: { name: User.UserName, arn: User.Arn },
    };
  },
});
