import { DeletePolicyVersion$, type DeletePolicyVersionRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { deleteConflict } from '../errors.ts';
import { policyPermission } from '../permissions.ts';
import { findCustomerPolicy, findVersion } from '../policy-versions.ts';

export const deletePolicyVersion: Operation<Validated<DeletePolicyVersionRequest>, void> = {
  schema: DeletePolicyVersion$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:DeletePolicyVersion', PolicyArn)],
  run(call, { PolicyArn, VersionId }) {
    const policy = findCustomerPolicy(call, PolicyArn, 'iam:DeletePolicyVersion');
    const version = findVersion(policy, VersionId);
    if (version.id === policy.defaultVersionId) {
      throw deleteConflict('Cannot delete the default version of a policy.');
    }
    policy.versions.delete(version.id);
  },
};
