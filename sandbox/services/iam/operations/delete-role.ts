import { DeleteRole$, type DeleteRoleRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { deleteConflict } from '../errors.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';

export const deleteRole: Operation<Validated<DeleteRoleRequest>, void> = {
  schema: DeleteRole$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:DeleteRole', RoleName)],
  run(call, { RoleName }) {
    const role = findRole(call, RoleName);
    if (role.attachedPolicies.size > 0) {
      throw deleteConflict('Cannot delete entity, must detach all policies first.');
    }
    if (role.inlinePolicies.size > 0)
      throw deleteConflict('Cannot delete entity, must delete policies first.');
    call.account.iam.roles.remove(role);
  },
};
