/** Managed policies and their versions as answers describe them. */
import type { Policy, PolicyVersion as VersionAnswer } from '@aws-sdk/client-iam';
import type { ManagedPolicy, PolicyVersion } from './entities.ts';
import { encodePolicy } from './policy-text.ts';
import type { IamStore } from './store.ts';
import { describeTags } from './tags.ts';

/** As lists do: without description and tags. */
export function describePolicy(iam: IamStore, policy: ManagedPolicy): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: iam.holdersOf(policy).length,
    PermissionsBoundaryUsageCount: iam.boundedBy(policy).length,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function describePolicyInFull(iam: IamStore, policy: ManagedPolicy): Policy {
  return {
    ...describePolicy(iam, policy),
    ...(policy.description !== undefined && { Description: policy.description }),
    Tags: describeTags(policy.tags),
  };
}

/** Without the document, which only GetPolicyVersion gives. */
export function describeVersion(policy: ManagedPolicy, version: PolicyVersion): VersionAnswer {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: version.createdAt,
  };
}

export function describeVersionInFull(policy: ManagedPolicy, version: PolicyVersion): VersionAnswer {
  return { ...describeVersion(policy, version), Document: encodePolicy(version) };
}
