import {
  UpdateRoleDescription$,
  type UpdateRoleDescriptionRequest,
  type UpdateRoleDescriptionResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeRoleInFull } from '../describe-entities.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';

/** What UpdateRole does too; Terraform still uses this one. */
export const updateRoleDescription: Operation<
  Validated<UpdateRoleDescriptionRequest>,
  UpdateRoleDescriptionResponse
> = {
  schema: UpdateRoleDescription$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:UpdateRoleDescription', RoleName)],
  run(call, { RoleName, Description }) {
    const role = findRole(call, RoleName);
    role.description = Description;
    return { Role: describeRoleInFull(call.account.iam, role) };
  },
};
