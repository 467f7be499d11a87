import {
  DeleteRolePermissionsBoundary$,
  type DeleteRolePermissionsBoundaryRequest,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { noSuchEntity } from '../errors.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';

export const deleteRolePermissionsBoundary: Operation<
  Validated<DeleteRolePermissionsBoundaryRequest>,
  void
> = {
  schema: DeleteRolePermissionsBoundary$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:DeleteRolePermissionsBoundary', RoleName)],
  run(call, { RoleName }) {
    const role = findRole(call, RoleName);
    // Inferred: NoSuchEntity is documented for this operation, the sentence is not.
    if (role.boundary === undefined) {
      throw noSuchEntity(`The role with name ${RoleName} does not have a permissions boundary.`);
    }
    role.boundary = undefined;
  },
};
