import { DeleteGroup$, type DeleteGroupRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { deleteConflict } from '../errors.ts';
import { findGroup } from '../lookup.ts';
import { groupPermission } from '../permissions.ts';

/** Refused as long as anything hangs on the group. Inferred: the order in which IAM names what does. */
export const deleteGroup: Operation<Validated<DeleteGroupRequest>, void> = {
  schema: DeleteGroup$,
  permissions: (call, { GroupName }) => [groupPermission(call, 'iam:DeleteGroup', GroupName)],
  run(call, { GroupName }) {
    const group = findGroup(call, GroupName);
    const obstacles: [boolean, string][] = [
      [group.memberIds.size > 0, 'remove users from group first'],
      [group.attachedPolicies.size > 0, 'detach all policies first'],
      [group.inlinePolicies.size > 0, 'delete policies first'],
    ];
    const first = obstacles.find(([stands]) => stands);
    if (first) throw deleteConflict(`Cannot delete entity, must ${first[1]}.`);
    call.account.iam.groups.remove(group);
  },
};
