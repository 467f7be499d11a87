import { UpdateRole$, type UpdateRoleRequest, type UpdateRoleResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';

/** Changes the description or the longest session, each where it is given. */
export const updateRole: Operation<Validated<UpdateRoleRequest>, UpdateRoleResponse> = {
  schema: UpdateRole$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:UpdateRole', RoleName)],
  run(call, { RoleName, Description, MaxSessionDuration }) {
    const role = findRole(call, RoleName);
    if (Description !== undefined) role.description = Description;
    if (MaxSessionDuration !== undefined) role.maxSessionDuration = MaxSessionDuration;
    return {};
  },
};
