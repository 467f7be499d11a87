import type { Account } from '../../../checks/account.ts';
import { isAbsent } from '../../../checks/call.ts';
import { allPages, iamMarker } from '../../../checks/pages.ts';
import type { Kind } from '../kind.ts';
import { attachedIn, inlineIn } from './policy-lists.ts';

export const iamGroup: Kind = {
  reads: ['iam:GetGroup', 'iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies'],
  writes: ['iam:RemoveUserFromGroup', 'iam:DetachGroupPolicy', 'iam:DeleteGroupPolicy', 'iam:DeleteGroup'],
  async look({ name: GroupName }, account, { isOfLab }) {
    const group = await readGroup(account, GroupName);
    if (!group) return { there: false };
    const [attached, inline] = await Promise.all([
      attachedIn((Marker) => account.call('iam:ListAttachedGroupPolicies', { GroupName, Marker })),
      inlineIn((Marker) => account.call('iam:ListGroupPolicies', { GroupName, Marker })),
    ]);
    const { members, path } = group;
    const others = members.filter((one) => !isOfLab('iam.user', one));
    return {
      there: true,
      id: group.id,
      about: group.arn,
      loses: [
        ...members.map((one) => `the membership of ${one}`),
        ...attached.map((one) => `the attachment of ${one.PolicyName}`),
        ...inline.map((one) => `the inline policy ${one}`),
      ],
      stops: [],
      doubts: [
        ...(others.length > 0 ? [`The lab did not put these users into it: ${others.join(', ')}.`] : []),
        ...(path === '/' ? [] : [`It has the path ${path}.`]),
      ],
      // "What is IAM?", IAM user guide.
      costs: 'An IAM group costs nothing.',
      // The order of "DeleteGroup", IAM API reference: whatever hangs on a group goes first.
      async remove(able, work) {
        for (const UserName of members) {
          await work.step(`took ${UserName} out of the group`, () =>
            able.call('iam:RemoveUserFromGroup', { GroupName, UserName }),
          );
        }
        for (const { PolicyArn, PolicyName } of attached) {
          await work.step(`detached the policy ${PolicyName}`, () =>
            able.call('iam:DetachGroupPolicy', { GroupName, PolicyArn }),
          );
        }
        for (const PolicyName of inline) {
          await work.step(`deleted the inline policy ${PolicyName}`, () =>
            able.call('iam:DeleteGroupPolicy', { GroupName, PolicyName }),
          );
        }
        await work.step(`deleted the group ${GroupName}`, () => able.call('iam:DeleteGroup', { GroupName }));
        await work.until(
          async () => (await readGroup(able, GroupName)) === undefined,
          `The group ${GroupName} is still there.`,
        );
        return { says: 'gone' };
      },
    };
  },
};

async function readGroup(account: Account, GroupName: string) {
  let known = { id: GroupName, arn: GroupName, path: '/' };
  try {
    const members = await allPages(
      (Marker) => account.call('iam:GetGroup', { GroupName, Marker }),
      ({ Group, Users }) => {
        known = {
          id: Group?.GroupId ?? GroupName,
          arn: Group?.Arn ?? GroupName,
          path: Group?.Path ?? '/',
        };
        return Users;
      },
      iamMarker,
    );
    return { ...known, members: members.flatMap(({ UserName }) => UserName ?? []) };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
