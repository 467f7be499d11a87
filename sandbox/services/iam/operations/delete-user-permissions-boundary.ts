import {
  DeleteUserPermissionsBoundary$,
  type DeleteUserPermissionsBoundaryRequest,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { noSuchEntity } from '../errors.ts';
import { findUser } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const deleteUserPermissionsBoundary: Operation<
  Validated<DeleteUserPermissionsBoundaryRequest>,
  void
> = {
  schema: DeleteUserPermissionsBoundary$,
  permissions: (call, { UserName }) => [userPermission(call, 'iam:DeleteUserPermissionsBoundary', UserName)],
  run(call, { UserName }) {
    const user = findUser(call, UserName);
    // Inferred: NoSuchEntity is documented for this operation, the sentence is not.
    if (user.boundary === undefined) {
      throw noSuchEntity(`The user with name ${UserName} does not have a permissions boundary.`);
    }
    user.boundary = undefined;
  },
};
