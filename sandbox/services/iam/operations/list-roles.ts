import { ListRoles$, type ListRolesRequest, type ListRolesResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeRole } from '../describe-entities.ts';
import { pageOf } from '../paging.ts';
import { listPermission } from '../permissions.ts';

export const listRoles: Operation<Validated<ListRolesRequest>, ListRolesResponse> = {
  schema: ListRoles$,
  permissions: (call, { PathPrefix }) => [listPermission(call, 'iam:ListRoles', 'role', PathPrefix)],
  run(call, input) {
    const { iam } = call.account;
    const under = iam.roles.where(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
    const { items, more } = pageOf(under, input, ({ name }) => name);
    return { Roles: items.map((role) => describeRole(iam, role)), ...more };
  },
};
