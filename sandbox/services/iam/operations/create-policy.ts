import { CreatePolicy$, type CreatePolicyRequest, type CreatePolicyResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { entityArn } from '../arns.ts';
import { describePolicy } from '../describe-policies.ts';
import type { ManagedPolicy } from '../entities.ts';
import { alreadyExists } from '../errors.ts';
import { policyCreationPermission } from '../permissions.ts';
import { identityPolicy } from '../policy-text.ts';
import { addVersion } from '../policy-versions.ts';
import { quotas } from '../quotas.ts';
import { describeTags, setTags, tagConditions } from '../tags.ts';
import { uniqueId } from '../unique-ids.ts';

export const createPolicy: Operation<Validated<CreatePolicyRequest>, CreatePolicyResponse> = {
  schema: CreatePolicy$,
  permissions(call, { PolicyName, Path, Tags }) {
    const actions = Tags && Tags.length > 0 ? ['iam:CreatePolicy', 'iam:TagPolicy'] : ['iam:CreatePolicy'];
    const context = tagConditions(Tags);
    return actions.map((action) => policyCreationPermission(call, action, PolicyName, Path, context));
  },
  run(call, { PolicyName, Path = '/', PolicyDocument, Description, Tags = [] }) {
    const { iam } = call.account;
    if (iam.hasCustomerPolicy(PolicyName)) {
      throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
    }
    const text = identityPolicy(PolicyDocument);
    quotas.managedPolicySize(text);
    const tags = new Map<string, string>();
    setTags(tags, Tags);
    const policy: ManagedPolicy = {
      arn: entityArn(call.account.id, 'policy', Path, PolicyName),
      id: uniqueId('policy'),
      name: PolicyName,
      path: Path,
      description: Description,
      createdAt: iam.now(),
      updatedAt: iam.now(),
      tags,
      versions: new Map(),
      defaultVersionId: 'v1',
      lastVersion: 0,
    };
    addVersion(policy, text, iam.now());
    iam.customerPolicies.set(policy.arn, policy);
    return {
      Policy: { ...describePolicy(iam, policy), ...(tags.size > 0 && { Tags: describeTags(tags) }) },
    };
  },
};
