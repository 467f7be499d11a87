/** Everything in IAM that says what a user may do, read with as few calls in a row as IAM allows. */
import { parsePolicy } from '../../policy/document.ts';
import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { Account } from '../account.ts';
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

/** @throws CallError, with NoSuchEntity when there is no such user */
export async function readUserPolicies(account: Iam, userName: string): Promise<UserPolicies> {
  const [user, attached, inline, groups] = await Promise.all([
    account.call('iam:GetUser', { UserName: userName }).then(async ({ User }) => ({
      arn: User?.Arn ?? '',
      id: User?.UserId ?? '',
      boundary: await managed(account, User?.PermissionsBoundary?.PermissionsBoundaryArn),
    })),
    attachedToUser(account, userName),
    inlineOfUser(account, userName),
    ofGroups(account, userName),
  ]);
  return {
    userArn: user.arn,
    userId: user.id,
    boundary: user.boundary,
    identity: [...attached, ...inline, ...groups],
  };
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
