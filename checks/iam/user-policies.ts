/** Everything in IAM that says what a user may do, read with as few calls in a row as IAM allows. */
import { parsePolicy } from '../../policy/document.ts';
import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { Account } from '../account.ts';
import { isAbsent } from '../call.ts';
import { found } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { allPages, iamMarker } from '../pages.ts';

/** The calls that {@link readUserPolicies} makes; a check that uses it declares them. */
export const userPolicyCalls = [
  'iam:GetUser',
  'iam:ListAttachedUserPolicies',
  'iam:ListUserPolicies',
  'iam:GetUserPolicy',
  'iam:ListGroupsForUser',
  'iam:ListAttachedGroupPolicies',
  'iam:ListGroupPolicies',
  'iam:GetGroupPolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
] as const;

type Iam = Account<(typeof userPolicyCalls)[number]>;

/** A policy of the user, and how it comes to hold. */
export interface HeldPolicy extends NamedPolicy {
  /** `attached`, `inline`, or `group developers`. */
  readonly held: string;
}

export interface UserPolicies {
  readonly userArn: string;
  readonly userId: string;
  readonly identity: readonly HeldPolicy[];
  readonly boundary?: NamedPolicy;
}

/**
 * @throws Failed when there is no such user; NotJudged when something else went away while it was read; CallError
 */
export async function readUserPolicies(account: Iam, userName: string): Promise<UserPolicies> {
  const reading = Promise.allSettled([
    attachedToUser(account, userName),
    inlineOfUser(account, userName),
    ofGroups(account, userName),
  ]);
  const { User } = await found(
    account.call('iam:GetUser', { UserName: userName }),
    `There is no IAM user ${userName} in the account ${account.id}.`,
  );
  const [attached, inline, groups, boundary] = [
    ...(await reading),
    ...(await Promise.allSettled([managed(account, User?.PermissionsBoundary?.PermissionsBoundaryArn)])),
  ];
  return {
    userArn: User?.Arn ?? '',
    userId: User?.UserId ?? '',
    boundary: settled(boundary),
    identity: [...settled(attached), ...settled(inline), ...settled(groups)],
  };
}

/** The user is there, so whatever is missing now was there a moment ago, or is not known everywhere yet. */
function settled<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'fulfilled') return result.value;
  if (!isAbsent(result.reason)) throw result.reason;
  throw new NotJudged('The policies of the user changed while they were read.', 'Run the check again.');
}

async function attachedToUser(account: Iam, UserName: string): Promise<HeldPolicy[]> {
  const policies = await allPages(
    (Marker) => account.call('iam:ListAttachedUserPolicies', { UserName, Marker }),
    (page) => page.AttachedPolicies,
    iamMarker,
  );
  return heldManaged(account, policies, 'attached');
}

async function inlineOfUser(account: Iam, UserName: string): Promise<HeldPolicy[]> {
  const names = await allPages(
    (Marker) => account.call('iam:ListUserPolicies', { UserName, Marker }),
    (page) => page.PolicyNames,
    iamMarker,
  );
  return Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await account.call('iam:GetUserPolicy', { UserName, PolicyName });
      return { name: PolicyName, document: decode(PolicyDocument), held: 'inline' };
    }),
  );
}

async function ofGroups(account: Iam, UserName: string): Promise<HeldPolicy[]> {
  const groups = await allPages(
    (Marker) => account.call('iam:ListGroupsForUser', { UserName, Marker }),
    (page) => page.Groups,
    iamMarker,
  );
  const held = await Promise.all(groups.map((group) => ofGroup(account, group.GroupName ?? '')));
  return held.flat();
}

async function ofGroup(account: Iam, GroupName: string): Promise<HeldPolicy[]> {
  const held = `group ${GroupName}`;
  const [attached, inline] = await Promise.all([
    allPages(
      (Marker) => account.call('iam:ListAttachedGroupPolicies', { GroupName, Marker }),
      (page) => page.AttachedPolicies,
      iamMarker,
    ),
    allPages(
      (Marker) => account.call('iam:ListGroupPolicies', { GroupName, Marker }),
      (page) => page.PolicyNames,
      iamMarker,
    ),
  ]);
  const [managedPolicies, inlinePolicies] = await Promise.all([
    heldManaged(account, attached, held),
    Promise.all(
      inline.map(async (PolicyName) => {
        const { PolicyDocument } = await account.call('iam:GetGroupPolicy', { GroupName, PolicyName });
        return { name: PolicyName, document: decode(PolicyDocument), held };
      }),
    ),
  ]);
  return [...managedPolicies, ...inlinePolicies];
}

async function heldManaged(
  account: Iam,
  attached: readonly { PolicyArn?: string }[],
  held: string,
): Promise<HeldPolicy[]> {
  const policies = await Promise.all(attached.map(({ PolicyArn }) => managed(account, PolicyArn)));
  return policies.flatMap((policy) => (policy ? [{ ...policy, held }] : []));
}

async function managed(account: Iam, PolicyArn: string | undefined): Promise<NamedPolicy | undefined> {
  if (!PolicyArn) return undefined;
  const { Policy } = await account.call('iam:GetPolicy', { PolicyArn });
  const { PolicyVersion } = await account.call('iam:GetPolicyVersion', {
    PolicyArn,
    VersionId: Policy?.DefaultVersionId ?? 'v1',
  });
  const name = Policy?.PolicyName ?? PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1);
  return { name, arn: PolicyArn, document: decode(PolicyVersion?.Document) };
}

/** IAM hands policy documents out URL-encoded (RFC 3986). */
function decode(document: string | undefined): NamedPolicy['document'] {
  return parsePolicy(decodeURIComponent(document ?? ''));
}
