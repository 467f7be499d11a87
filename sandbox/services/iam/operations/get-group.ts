import { GetGroup$, type GetGroupRequest, type GetGroupResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeGroup, describeUser } from '../describe-entities.ts';
import { findGroup } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { groupPermission } from '../permissions.ts';

export const getGroup: Operation<Validated<GetGroupRequest>, GetGroupResponse> = {
  schema: GetGroup$,
  permissions: (call, { GroupName }) => [groupPermission(call, 'iam:GetGroup', GroupName)],
  run(call, input) {
    const { iam } = call.account;
    const group = findGroup(call, input.GroupName);
    const members = iam.users.where(({ id }) => group.memberIds.has(id));
    const { items, more } = pageOf(members, input, ({ name }) => name);
    return { Group: describeGroup(iam, group), Users: items.map((user) => describeUser(iam, user)), ...more };
  },
};
