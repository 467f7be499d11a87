import type { Policy } from '@aws-sdk/client-iam';
import type { Account } from '../../../checks/account.ts';
import { ownPolicies } from '../../../checks/iam/own-policy.ts';
import { allPages, iamMarker } from '../../../checks/pages.ts';
import type { Kind, Surroundings } from '../kind.ts';

export const iamPolicy: Kind = {
  reads: ['iam:ListPolicies', 'iam:ListPolicyVersions', 'iam:ListEntitiesForPolicy'],
  writes: ['iam:DeletePolicyVersion', 'iam:DeletePolicy'],
  async look({ name }, account, surroundings) {
    const policy = await policyNamed(account, name);
    if (!policy?.Arn) return { there: false };
    const { Arn: PolicyArn, Path = '/' } = policy;
    const [versions, users] = await Promise.all([
      allPages(
        (Marker) => account.call('iam:ListPolicyVersions', { PolicyArn, Marker }),
        (page) => page.Versions,
        iamMarker,
      ),
      usersOf(account, PolicyArn, surroundings),
    ]);
    return {
      there: true,
      id: policy.PolicyId ?? PolicyArn,
      about: PolicyArn,
      loses: versions.length > 1 ? [`its ${versions.length} versions`] : [],
      stops:
        users.length > 0
          ? [`It is still used, and goes only when it is not: by ${users.join(', ')}. Run this again then.`]
          : [],
      doubts: Path === '/' ? [] : [`It has the path ${Path}.`],
      // "What is IAM?", IAM user guide.
      costs: 'A managed policy costs nothing.',
      // The order of "DeletePolicy", IAM API reference: every version but the default one goes first.
      async remove(able, work) {
        for (const { VersionId } of versions.filter((one) => !one.IsDefaultVersion)) {
          await work.step(`deleted version ${VersionId}`, () =>
            able.call('iam:DeletePolicyVersion', { PolicyArn, VersionId }),
          );
        }
        await work.step(`deleted the policy ${name}`, () => able.call('iam:DeletePolicy', { PolicyArn }));
        await work.until(
          async () => (await policyNamed(able, name)) === undefined,
          `The policy ${name} is still there.`,
        );
        return { says: 'gone' };
      },
    };
  },
};

async function policyNamed(account: Account, name: string): Promise<Policy | undefined> {
  return (await ownPolicies(account)).find(({ PolicyName }) => PolicyName === name);
}

/** Who has it as permissions or as a boundary, but for what goes before its turn. */
async function usersOf(account: Account, PolicyArn: string, { goes }: Surroundings): Promise<string[]> {
  const pages = await allPages(
    (Marker) => account.call('iam:ListEntitiesForPolicy', { PolicyArn, Marker }),
    (page) => [
      ...(page.PolicyUsers ?? []).map(({ UserName = '' }) => ({ kind: 'iam.user' as const, name: UserName })),
      ...(page.PolicyGroups ?? []).map(({ GroupName = '' }) => ({
        kind: 'iam.group' as const,
        name: GroupName,
      })),
      ...(page.PolicyRoles ?? []).map(({ RoleName = '' }) => ({ kind: 'iam.role' as const, name: RoleName })),
    ],
    iamMarker,
  );
  return pages.filter(({ kind, name }) => !goes(kind, name)).map(({ name }) => name);
}
