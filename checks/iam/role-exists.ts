import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { didYouMean, hints, similarNames } from '../near-misses.ts';

export const roleExists = defineCheck({
  id: 'iam/role-exists',
  title: 'The IAM role is there',
  calls: ['iam:GetRole', 'iam:ListRoles'],
  optional: ['iam:ListRoles'],
  params: z.strictObject({ role: z.string().describe('Name of the role.') }),
  outputs: z.object({ id: z.string(), name: z.string(), arn: z.string() }),
  async run({ params, account, found }) {
    const { role } = params;
    const { Role } = await found(
      account.call('iam:GetRole', { RoleName: role }),
      `There is no IAM role ${role} in the account ${account.id}.`,
      () =>
        hints(async () => {
          const { Roles = [] } = await account.call('iam:ListRoles', { MaxItems: 100 });
          const names = Roles.flatMap(({ RoleName }) => RoleName ?? []);
          return didYouMean(similarNames(role, names));
        }),
    );
    if (!Role?.RoleId || !Role.RoleName || !Role.Arn) throw new Error('GetRole answered without a role.');
    return {
      message: `The role ${Role.RoleName} is there.`,
      outputs: { id: Role.RoleId, name: Role.RoleName, arn: Role.Arn },
    };
  },
});
