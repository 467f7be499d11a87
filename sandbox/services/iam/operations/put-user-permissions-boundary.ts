import { PutUserPermissionsBoundary$, type PutUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findBoundary, findUser } from '../lookup.ts';
import { boundaryContext, userPermission } from '../permissions.ts';

export const putUserPermissionsBoundary: Operation<Validated<PutUserPermissionsBoundaryRequest>, void> = {
  schema: PutUserPermissionsBoundary$,
  permissions: (call, { UserName, PermissionsBoundary }) => [
    userPermission(call, 'iam:PutUserPermissionsBoundary', UserName, boundaryContext(PermissionsBoundary)),
  ],
  run(call, { UserName, PermissionsBoundary }) {
    const user = findUser(call, UserName);
    user.boundary = findBoundary(call, PermissionsBoundary).arn;
  },
};
