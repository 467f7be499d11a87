import type { User } from '@aws-sdk/client-iam';
import type { Account } from '../../../checks/account.ts';
import { CallError, isAbsent } from '../../../checks/call.ts';
import type { Kind, Surroundings } from '../kind.ts';
import type { Thing } from '../made.ts';
import { type Belongings, belongingCalls, readBelongings } from './user-belongings.ts';

export const iamUser: Kind = {
  reads: ['iam:GetUser', ...belongingCalls],
  writes: [
    'iam:DeleteAccessKey',
    'iam:DeleteLoginProfile',
    'iam:DetachUserPolicy',
    'iam:DeleteUserPolicy',
    'iam:RemoveUserFromGroup',
    'iam:DeleteUser',
  ],
  async look(thing, account, { isOfLab }) {
    const { name: UserName } = thing;
    const user = await getUser(account, UserName);
    if (!user) return { there: false };
    const has = await readBelongings(account, UserName);
    return {
      there: true,
      id: user.UserId ?? user.Arn ?? UserName,
      about: user.Arn ?? UserName,
      loses: lossesOf(has),
      stops: stopsOf(user, has, account),
      doubts: doubtsOf(user, has, thing, isOfLab),
      // "What is IAM?", IAM user guide.
      costs: 'An IAM user costs nothing, but its password and access keys still open your account.',
      // The order of "DeleteUser", IAM API reference: whatever hangs on a user goes first.
      async remove(able, work) {
        for (const { AccessKeyId } of has.accessKeys) {
          await work.step(`deleted the access key ${AccessKeyId}`, () =>
            able.call('iam:DeleteAccessKey', { UserName, AccessKeyId }),
          );
        }
        if (has.password) {
          await work.step('deleted the console password', () =>
            able.call('iam:DeleteLoginProfile', { UserName }),
          );
        }
        for (const { PolicyArn, PolicyName } of has.attached) {
          await work.step(`detached the policy ${PolicyName}`, () =>
            able.call('iam:DetachUserPolicy', { UserName, PolicyArn }),
          );
        }
        for (const PolicyName of has.inline) {
          await work.step(`deleted the inline policy ${PolicyName}`, () =>
            able.call('iam:DeleteUserPolicy', { UserName, PolicyName }),
          );
        }
        for (const GroupName of has.groups) {
          await work.step(`took the user out of the group ${GroupName}`, () =>
            able.call('iam:RemoveUserFromGroup', { UserName, GroupName }),
          );
        }
        await work.step(`deleted the user ${UserName}`, () => deleteUser(able, UserName, work.until));
        await work.until(
          async () => (await getUser(able, UserName)) === undefined,
          `The user ${UserName} is still there.`,
        );
        return { says: 'gone' };
      },
    };
  },
};

function lossesOf({ accessKeys, password, attached, inline, groups }: Belongings): string[] {
  return [
    ...accessKeys.map((one) => `the access key ${one.AccessKeyId} (${one.Status})`),
    ...(password ? ['the console password'] : []),
    ...attached.map((one) => `the attachment of ${one.PolicyName}`),
    ...inline.map((one) => `the inline policy ${one}`),
    ...groups.map((one) => `the membership in ${one}`),
  ];
}

function stopsOf({ Arn }: User, { credentials }: Belongings, account: Account): string[] {
  const stops = [];
  if (Arn === account.arn) {
    stops.push('These are the credentials that you use right now. Clean up with those of another user.');
  }
  if (credentials.length > 0) {
    stops.push(
      `It has credentials that the lab does not make: ${credentials.join(', ')}. If the user is to go, remove these first.`,
    );
  }
  return stops;
}

/** More than the lab gave it: it may be somebody else's. */
function doubtsOf(
  user: User,
  has: Belongings,
  { policies }: Thing,
  isOfLab: Surroundings['isOfLab'],
): string[] {
  const doubts = [];
  const isLabs = (arn: string) =>
    !arn.includes(':iam::aws:') && isOfLab('iam.policy', arn.slice(arn.lastIndexOf('/') + 1));
  const tags = (user.Tags ?? []).map((tag) => `${tag.Key}=${tag.Value}`);
  if (tags.length > 0) doubts.push(`It has tags: ${tags.join(', ')}.`);
  if (user.Path !== undefined && user.Path !== '/') doubts.push(`It has the path ${user.Path}.`);
  const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
  if (boundary !== undefined && !isLabs(boundary)) doubts.push('It has a permissions boundary.');
  const other = has.attached.filter(
    ({ PolicyArn = '', PolicyName = '' }) =>
      !isLabs(PolicyArn) &&
      (!policies.includes(PolicyName) || !/^arn:[\w-]+:iam::aws:policy\//.test(PolicyArn)),
  );
  if (other.length > 0) {
    doubts.push(
      `It has policies that the lab did not give it: ${other.map((one) => one.PolicyName).join(', ')}.`,
    );
  }
  if (has.inline.length > 0) doubts.push(`It has inline policies: ${has.inline.join(', ')}.`);
  const groups = has.groups.filter((one) => !isOfLab('iam.group', one));
  if (groups.length > 0) doubts.push(`It is in groups: ${groups.join(', ')}.`);
  return doubts;
}

async function getUser(account: Account, UserName: string): Promise<User | undefined> {
  try {
    return (await account.call('iam:GetUser', { UserName })).User;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Inferred: what was taken from the user a moment ago may still count for some seconds, as IAM's changes do. */
async function deleteUser(
  account: Account,
  UserName: string,
  until: (ask: () => Promise<boolean>, otherwise: string) => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + 15_000;
  await until(async () => {
    try {
      await account.call('iam:DeleteUser', { UserName });
      return true;
    } catch (error) {
      const passing =
        error instanceof CallError &&
        (error.code === 'DeleteConflict' || error.code === 'EntityTemporarilyUnmodifiable');
      if (!passing || Date.now() > deadline) throw error;
      return false;
    }
  }, `The user ${UserName} could not be deleted.`);
}
