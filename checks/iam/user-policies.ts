/** Everything in IAM that says what a user may do, read with as few calls in a row as IAM allows. */
import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import { allPages, iamMarker } from '../pages.ts';
import {
  type HeldPolicy,
  managedPolicyCalls,
  readHeldPolicies,
  readManagedPolicy,
  settled,
} from './held-policies.ts';

/** The calls that {@link readGroupPolicies} makes. */
export const groupPolicyCalls = [
  'iam:ListAttachedGroupPolicies',
  'iam:ListGroupPolicies',
  'iam:GetGroupPolicy',
  ...managedPolicyCalls,
] as const;

/** The calls that {@link readUserPolicies} makes; a check that uses it declares them. */
export const userPolicyCalls = [
  'iam:GetUser',
  'iam:ListAttachedUserPolicies',
  'iam:ListUserPolicies',
  'iam:GetUserPolicy',
  'iam:ListGroupsForUser',
  ...groupPolicyCalls,
] as const;

type Iam = Account<(typeof userPolicyCalls)[number]>;

export interface UserPolicies {
  readonly userArn: string;
  readonly userId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly identity: readonly HeldPolicy[];
  readonly boundary?: NamedPolicy;
}

/**
 * @throws Failed when there is no such user; NotJudged when something else went away while it was read; CallError
 */
export async function readUserPolicies(account: Iam, UserName: string): Promise<UserPolicies> {
  const reading = Promise.allSettled([ofUser(account, UserName), ofGroups(account, UserName)]);
  const { User } = await found(
    account.call('iam:GetUser', { UserName }),
    `There is no IAM user ${UserName} in the account ${account.id}.`,
  );
  const boundaryArn = User?.PermissionsBoundary?.PermissionsBoundaryArn;
  const [own, groups, boundary] = [
    ...(await reading),
    ...(await Promise.allSettled([readManagedPolicy(account, boundaryArn)])),
  ];
  return {
    userArn: User?.Arn ?? '',
    userId: User?.UserId ?? '',
    tags: Object.fromEntries((User?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    boundary: settled(boundary),
    identity: [...settled(own), ...settled(groups)],
  };
}

function ofUser(account: Iam, UserName: string): Promise<HeldPolicy[]> {
  return readHeldPolicies(account, {
    attached: (Marker) => account.call('iam:ListAttachedUserPolicies', { UserName, Marker }),
    inline: (Marker) => account.call('iam:ListUserPolicies', { UserName, Marker }),
    inlinePolicy: (PolicyName) => account.call('iam:GetUserPolicy', { UserName, PolicyName }),
  });
}

async function ofGroups(account: Iam, UserName: string): Promise<HeldPolicy[]> {
  const groups = await allPages(
    (Marker) => account.call('iam:ListGroupsForUser', { UserName, Marker }),
    (page) => page.Groups,
    iamMarker,
  );
  const held = await Promise.all(groups.map((group) => readGroupPolicies(account, group.GroupName ?? '')));
  return held.flat();
}

/** The policies of a group. @throws CallError, also when there is no such group */
export function readGroupPolicies(
  account: Account<(typeof groupPolicyCalls)[number]>,
  GroupName: string,
): Promise<HeldPolicy[]> {
  const lists = {
    attached: (Marker: string | undefined) =>
      account.call('iam:ListAttachedGroupPolicies', { GroupName, Marker }),
    inline: (Marker: string | undefined) => account.call('iam:ListGroupPolicies', { GroupName, Marker }),
    inlinePolicy: (PolicyName: string) => account.call('iam:GetGroupPolicy', { GroupName, PolicyName }),
  };
  return readHeldPolicies(account, lists, `group ${GroupName}`);
}
