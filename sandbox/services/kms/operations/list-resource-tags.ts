import {
  ListResourceTags$,
  type ListResourceTagsRequest,
  type ListResourceTagsResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { page } from '../paging.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<ListResourceTagsRequest, 'KeyId'>;

export const listResourceTags: Operation<Input, ListResourceTagsResponse> = {
  schema: ListResourceTags$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:ListResourceTags'), 'kms:ListResourceTags'),
  ],
  run(call, input) {
    const { tags } = resolveKeyId(call, input.KeyId);
    const { items, ...rest } = page(tags, (tag) => tag.TagKey ?? '', input, { standard: 50, max: 50 });
    return { Tags: items, ...rest };
  },
};
