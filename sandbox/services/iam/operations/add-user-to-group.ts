import { AddUserToGroup$, type AddUserToGroupRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findGroup, findUser } from '../lookup.ts';
import { groupPermission } from '../permissions.ts';
import { quotas } from '../quotas.ts';

/** A user who is in the group already stays there. */
export const addUserToGroup: Operation<Validated<AddUserToGroupRequest>, void> = {
  schema: AddUserToGroup$,
  permissions: (call, { GroupName }) => [groupPermission(call, 'iam:AddUserToGroup', GroupName)],
  run(call, { GroupName, UserName }) {
    const group = findGroup(call, GroupName);
    const user = findUser(call, UserName);
    if (group.memberIds.has(user.id)) return;
    quotas.groups(call.account.iam.groupsOf(user).length);
    group.memberIds.add(user.id);
  },
};
