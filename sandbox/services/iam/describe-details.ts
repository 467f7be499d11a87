/** Users, groups, roles and policies with all that belongs to them, as GetAccountAuthorizationDetails describes them. */
import type {
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import {
  describeBoundary,
  describeGroup,
  describeLastUse,
  describeRole,
  describeUser,
} from './describe-entities.ts';
import { describePolicyInFull, describeVersionInFull } from './describe-policies.ts';
import type { IamGroup, IamRole, IamUser, ManagedPolicy, PolicyHolder } from './entities.ts';
import { encodePolicy } from './policy-text.ts';
import type { IamStore } from './store.ts';
import { describeTags } from './tags.ts';

export function userDetail(iam: IamStore, user: IamUser): UserDetail {
  return {
    ...describeUser(iam, user),
    UserPolicyList: inlinePolicies(user),
    GroupList: iam.groupsOf(user).map(({ name }) => name),
    AttachedManagedPolicies: attachedPolicies(iam, user),
    ...describeBoundary(user.boundary),
    Tags: describeTags(user.tags),
  };
}

export function groupDetail(iam: IamStore, group: IamGroup): GroupDetail {
  return {
    ...describeGroup(iam, group),
    GroupPolicyList: inlinePolicies(group),
    AttachedManagedPolicies: attachedPolicies(iam, group),
  };
}

/** Without description and longest session, which this answer does not have. */
export function roleDetail(iam: IamStore, role: IamRole): RoleDetail {
  const { Description, MaxSessionDuration, ...described } = describeRole(iam, role);
  return {
    ...described,
    // The sandbox has no instance profiles.
    InstanceProfileList: [],
    RolePolicyList: inlinePolicies(role),
    AttachedManagedPolicies: attachedPolicies(iam, role),
    ...describeBoundary(role.boundary),
    Tags: describeTags(role.tags),
    RoleLastUsed: describeLastUse(role),
  };
}

export function policyDetail(iam: IamStore, policy: ManagedPolicy): ManagedPolicyDetail {
  const { Tags, ...described } = describePolicyInFull(iam, policy);
  // Newest first, as ListPolicyVersions has them.
  const versions = [...policy.versions.values()].reverse();
  return { ...described, PolicyVersionList: versions.map((one) => describeVersionInFull(policy, one)) };
}

function inlinePolicies({ inlinePolicies: policies }: PolicyHolder): PolicyDetail[] {
  return [...policies].map(([PolicyName, policy]) => ({ PolicyName, PolicyDocument: encodePolicy(policy) }));
}

function attachedPolicies(iam: IamStore, { attachedPolicies: arns }: PolicyHolder): AttachedPolicy[] {
  return [...arns].map((PolicyArn) => ({ PolicyName: iam.managedPolicy(PolicyArn)?.name, PolicyArn }));
}
