import { GetRole$, type GetRoleRequest, type GetRoleResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeRoleInFull } from '../describe-entities.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';

export const getRole: Operation<Validated<GetRoleRequest>, GetRoleResponse> = {
  schema: GetRole$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:GetRole', RoleName)],
  run: (call, { RoleName }) => ({ Role: describeRoleInFull(call.account.iam, findRole(call, RoleName)) }),
};
