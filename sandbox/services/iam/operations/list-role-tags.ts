import { ListRoleTags$, type ListRoleTagsRequest, type ListRoleTagsResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { rolePermission } from '../permissions.ts';
import { describeTags } from '../tags.ts';

export const listRoleTags: Operation<Validated<ListRoleTagsRequest>, ListRoleTagsResponse> = {
  schema: ListRoleTags$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:ListRoleTags', RoleName)],
  run(call, input) {
    const tags = describeTags(findRole(call, input.RoleName).tags);
    const { items, more } = pageOf(tags, input, ({ Key = '' }) => Key);
    return { Tags: items, ...more };
  },
};
