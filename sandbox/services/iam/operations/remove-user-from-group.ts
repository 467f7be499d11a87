import { RemoveUserFromGroup$, type RemoveUserFromGroupRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findGroup, findUser } from '../lookup.ts';
import { groupPermission } from '../permissions.ts';

/** Inferred: removing a user who is not in the group succeeds. */
export const removeUserFromGroup: Operation<Validated<RemoveUserFromGroupRequest>, void> = {
  schema: RemoveUserFromGroup$,
  permissions: (call, { GroupName }) => [groupPermission(call, 'iam:RemoveUserFromGroup', GroupName)],
  run(call, { GroupName, UserName }) {
    const group = findGroup(call, GroupName);
    group.memberIds.delete(findUser(call, UserName).id);
  },
};
