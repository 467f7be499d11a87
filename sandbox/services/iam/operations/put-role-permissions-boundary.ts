import { PutRolePermissionsBoundary$, type PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findBoundary, findRole } from '../lookup.ts';
import { boundaryContext, rolePermission } from '../permissions.ts';

export const putRolePermissionsBoundary: Operation<Validated<PutRolePermissionsBoundaryRequest>, void> = {
  schema: PutRolePermissionsBoundary$,
  permissions: (call, { RoleName, PermissionsBoundary }) => [
    rolePermission(call, 'iam:PutRolePermissionsBoundary', RoleName, boundaryContext(PermissionsBoundary)),
  ],
  run(call, { RoleName, PermissionsBoundary }) {
    const role = findRole(call, RoleName);
    role.boundary = findBoundary(call, PermissionsBoundary).arn;
  },
};
