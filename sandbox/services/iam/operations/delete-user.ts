import { DeleteUser$, type DeleteUserRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { deleteConflict } from '../errors.ts';
import { findUser } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

/** Refused as long as anything hangs on the user. Inferred: the order in which IAM names what does. */
export const deleteUser: Operation<Validated<DeleteUserRequest>, void> = {
  schema: DeleteUser$,
  permissions: (call, { UserName }) => [userPermission(call, 'iam:DeleteUser', UserName)],
  run(call, { UserName }) {
    const { iam } = call.account;
    const user = findUser(call, UserName);
    const obstacles: [boolean, string][] = [
      [iam.groupsOf(user).length > 0, 'remove users from group first'],
      [user.attachedPolicies.size > 0, 'detach all policies first'],
      [user.inlinePolicies.size > 0, 'delete policies first'],
      [iam.accessKeysOf(user).length > 0, 'delete access keys first'],
      [user.loginProfile !== undefined, 'delete login profile first'],
    ];
    const first = obstacles.find(([stands]) => stands);
    if (first) throw deleteConflict(`Cannot delete entity, must ${first[1]}.`);
    iam.users.remove(user);
  },
};
