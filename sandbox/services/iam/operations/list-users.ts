import { ListUsers$, type ListUsersRequest, type ListUsersResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeUser } from '../describe-entities.ts';
import { pageOf } from '../paging.ts';
import { listPermission } from '../permissions.ts';

export const listUsers: Operation<Validated<ListUsersRequest>, ListUsersResponse> = {
  schema: ListUsers$,
  permissions: (call, { PathPrefix }) => [listPermission(call, 'iam:ListUsers', 'user', PathPrefix)],
  run(call, input) {
    const { iam } = call.account;
    const under = iam.users.where(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
    const { items, more } = pageOf(under, input, ({ name }) => name);
    return { Users: items.map((user) => describeUser(iam, user)), ...more };
  },
};
