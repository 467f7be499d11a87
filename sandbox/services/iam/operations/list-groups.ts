import { ListGroups$, type ListGroupsRequest, type ListGroupsResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeGroup } from '../describe-entities.ts';
import { pageOf } from '../paging.ts';
import { listPermission } from '../permissions.ts';

export const listGroups: Operation<Validated<ListGroupsRequest>, ListGroupsResponse> = {
  schema: ListGroups$,
  permissions: (call, { PathPrefix }) => [listPermission(call, 'iam:ListGroups', 'group', PathPrefix)],
  run(call, input) {
    const { iam } = call.account;
    const under = iam.groups.where(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
    const { items, more } = pageOf(under, input, ({ name }) => name);
    return { Groups: items.map((group) => describeGroup(iam, group)), ...more };
  },
};
