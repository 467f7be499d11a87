import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { didYouMean, hints, similarNames } from '../near-misses.ts';

export const userExists = defineCheck({
  id: 'iam/user-exists',
  title: 'The IAM user is there',
  calls: ['iam:GetUser', 'iam:ListUsers', 'iam:GetRole'],
  optional: ['iam:ListUsers', 'iam:GetRole'],
  params: z.strictObject({ user: z.string().describe('Name of the user.') }),
  outputs: z.object({ id: z.string(), name: z.string(), arn: z.string() }),
  async run({ params, account, found }) {
    const { user } = params;
    const { User } = await found(
      account.call('iam:GetUser', { UserName: user }),
      `There is no IAM user ${user} in the account ${account.id}.`,
      () =>
        hints(
          async () => {
            const { Users = [] } = await account.call('iam:ListUsers', { MaxItems: 100 });
            const names = Users.flatMap(({ UserName }) => UserName ?? []);
            return didYouMean(similarNames(user, names));
          },
          async () => {
            await account.call('iam:GetRole', { RoleName: user });
            return ['There is a *role* of that name; the lab wants a *user*.'];
          },
        ),
    );
    if (!User?.UserId || !User.UserName || !User.Arn) throw new Error('GetUser answered without a user.');
    return {
      message: `The user ${User.UserName} is there.`,
      outputs: { id: User.UserId, name: User.UserName, arn: User.Arn },
    };
  },
});
