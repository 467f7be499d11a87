import { DeletePolicy$, type DeletePolicyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { deleteConflict } from '../errors.ts';
import { policyPermission } from '../permissions.ts';
import { findCustomerPolicy } from '../policy-versions.ts';

export const deletePolicy: Operation<Validated<DeletePolicyRequest>, void> = {
  schema: DeletePolicy$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:DeletePolicy', PolicyArn)],
  run(call, { PolicyArn }) {
    const { iam } = call.account;
    const policy = findCustomerPolicy(call, PolicyArn, 'iam:DeletePolicy');
    if (iam.holdersOf(policy).length > 0 || iam.boundedBy(policy).length > 0) {
      throw deleteConflict('Cannot delete a policy attached to entities.');
    }
    if (policy.versions.size > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    iam.customerPolicies.delete(policy.arn);
  },
};
