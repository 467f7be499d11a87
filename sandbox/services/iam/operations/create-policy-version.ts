import {
  CreatePolicyVersion$,
  type CreatePolicyVersionRequest,
  type CreatePolicyVersionResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeVersion } from '../describe-policies.ts';
import { policyPermission } from '../permissions.ts';
import { identityPolicy } from '../policy-text.ts';
import { addVersion, findCustomerPolicy } from '../policy-versions.ts';
import { quotas } from '../quotas.ts';

export const createPolicyVersion: Operation<
  Validated<CreatePolicyVersionRequest>,
  CreatePolicyVersionResponse
> = {
  schema: CreatePolicyVersion$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:CreatePolicyVersion', PolicyArn)],
  run(call, { PolicyArn, PolicyDocument, SetAsDefault = false }) {
    const policy = findCustomerPolicy(call, PolicyArn, 'iam:CreatePolicyVersion');
    const text = identityPolicy(PolicyDocument);
    quotas.managedPolicySize(text);
    quotas.versions(policy.versions.size);
    const version = addVersion(policy, text, call.account.iam.now());
    if (SetAsDefault) policy.defaultVersionId = version.id;
    return { PolicyVersion: describeVersion(policy, version) };
  },
};
