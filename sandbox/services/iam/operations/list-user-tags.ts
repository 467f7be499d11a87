import { ListUserTags$, type ListUserTagsRequest, type ListUserTagsResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findUser } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { userPermission } from '../permissions.ts';
import { describeTags } from '../tags.ts';

export const listUserTags: Operation<Validated<ListUserTagsRequest>, ListUserTagsResponse> = {
  schema: ListUserTags$,
  permissions: (call, { UserName }) => [userPermission(call, 'iam:ListUserTags', UserName)],
  run(call, input) {
    const tags = describeTags(findUser(call, input.UserName).tags);
    const { items, more } = pageOf(tags, input, ({ Key = '' }) => Key);
    return { Tags: items, ...more };
  },
};
