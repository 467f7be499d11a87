import { UpdateUser$, type UpdateUserRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { alreadyExists } from '../errors.ts';
import { findUser } from '../lookup.ts';
import { creationPermission, userPermission } from '../permissions.ts';

/** Renames or moves a user: the caller needs the permission for both the old and the new ARN. */
export const updateUser: Operation<Validated<UpdateUserRequest>, void> = {
  schema: UpdateUser$,
  permissions(call, { UserName, NewUserName, NewPath }) {
    const before = userPermission(call, 'iam:UpdateUser', UserName);
    if (NewUserName === undefined && NewPath === undefined) return [before];
    const path = NewPath ?? call.account.iam.users.find(UserName)?.path;
    const name = NewUserName ?? UserName;
    return [before, creationPermission(call, 'iam:UpdateUser', 'user', name, path)];
  },
  run(call, { UserName, NewUserName, NewPath }) {
    const { users } = call.account.iam;
    const user = findUser(call, UserName);
    if (NewUserName !== undefined) {
      const holder = users.find(NewUserName);
      if (holder && holder !== user) throw alreadyExists(`User with name ${NewUserName} already exists.`);
      users.rename(user, NewUserName);
    }
    if (NewPath !== undefined) user.path = NewPath;
  },
};
