import type { Role } from '@aws-sdk/client-iam';
import type { Account } from '../../../checks/account.ts';
import { isAbsent } from '../../../checks/call.ts';
import type { Kind } from '../kind.ts';
import { attachedIn, inlineIn } from './policy-lists.ts';

export const iamRole: Kind = {
  reads: [
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'iam:ListInstanceProfilesForRole',
  ],
  writes: ['iam:DetachRolePolicy', 'iam:DeleteRolePolicy', 'iam:DeleteRole'],
  async look({ name: RoleName }, account, { isOfLab }) {
    const role = await getRole(account, RoleName);
    if (!role) return { there: false };
    const [attached, inline, { InstanceProfiles = [] }] = await Promise.all([
      attachedIn((Marker) => account.call('iam:ListAttachedRolePolicies', { RoleName, Marker })),
      inlineIn((Marker) => account.call('iam:ListRolePolicies', { RoleName, Marker })),
      account.call('iam:ListInstanceProfilesForRole', { RoleName }),
    ]);
    const others = attached.flatMap(({ PolicyName = '' }) =>
      isOfLab('iam.policy', PolicyName) ? [] : PolicyName,
    );
    const profiles = InstanceProfiles.map((one) => one.InstanceProfileName ?? '');
    return {
      there: true,
      id: role.RoleId ?? RoleName,
      about: role.Arn ?? RoleName,
      loses: [
        ...attached.map((one) => `the attachment of ${one.PolicyName}`),
        ...inline.map((one) => `the inline policy ${one}`),
      ],
      stops: [
        ...(account.arn.includes(`:assumed-role/${RoleName}/`)
          ? ['You use a session of this role right now. Clean up with other credentials.']
          : []),
        ...(profiles.length > 0
          ? [
              `It is in instance profiles, which the lab does not make: ${profiles.join(', ')}. Look at it yourself.`,
            ]
          : []),
      ],
      doubts: doubtsOf(role, others),
      // "What is IAM?", IAM user guide.
      costs: 'An IAM role costs nothing, but whom it trusts may go on assuming it.',
      // The order of "DeleteRole", IAM API reference: whatever hangs on a role goes first.
      async remove(able, work) {
        for (const { PolicyArn, PolicyName } of attached) {
          await work.step(`detached the policy ${PolicyName}`, () =>
            able.call('iam:DetachRolePolicy', { RoleName, PolicyArn }),
          );
        }
        for (const PolicyName of inline) {
          await work.step(`deleted the inline policy ${PolicyName}`, () =>
            able.call('iam:DeleteRolePolicy', { RoleName, PolicyName }),
          );
        }
        await work.step(`deleted the role ${RoleName}`, () => able.call('iam:DeleteRole', { RoleName }));
        await work.until(
          async () => (await getRole(able, RoleName)) === undefined,
          `The role ${RoleName} is still there.`,
        );
        return { says: 'gone' };
      },
    };
  },
};

/** More than the lab gave it: it may be somebody else's. */
function doubtsOf(
  { Tags = [], Path = '/', PermissionsBoundary }: Role,
  attached: readonly string[],
): string[] {
  const tags = Tags.map((tag) => `${tag.Key}=${tag.Value}`);
  return [
    ...(tags.length > 0 ? [`It has tags: ${tags.join(', ')}.`] : []),
    ...(Path === '/' ? [] : [`It has the path ${Path}.`]),
    ...(PermissionsBoundary ? ['It has a permissions boundary.'] : []),
    ...(attached.length > 0 ? [`It has policies that the lab did not give it: ${attached.join(', ')}.`] : []),
  ];
}

async function getRole(account: Account, RoleName: string): Promise<Role | undefined> {
  try {
    return (await account.call('iam:GetRole', { RoleName })).Role;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
