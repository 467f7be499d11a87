import { SetDefaultPolicyVersion$, type SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { policyPermission } from '../permissions.ts';
import { findCustomerPolicy, findVersion } from '../policy-versions.ts';

export const setDefaultPolicyVersion: Operation<Validated<SetDefaultPolicyVersionRequest>, void> = {
  schema: SetDefaultPolicyVersion$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:SetDefaultPolicyVersion', PolicyArn)],
  run(call, { PolicyArn, VersionId }) {
    const policy = findCustomerPolicy(call, PolicyArn, 'iam:SetDefaultPolicyVersion');
    policy.defaultVersionId = findVersion(policy, VersionId).id;
  },
};
