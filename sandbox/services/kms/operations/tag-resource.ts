import { TagResource$, type TagResourceRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { tagConditions } from '../condition-keys.ts';
import { notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';
import { addTags } from '../tags.ts';

export const tagResource: Operation<RequiredMembers<TagResourceRequest, 'KeyId' | 'Tags'>, undefined> = {
  schema: TagResource$,
  permissions: (call, { KeyId, Tags }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:TagResource'), 'kms:TagResource', tagConditions(Tags)),
  ],
  run(call, { KeyId, Tags }) {
    const key = resolveKeyId(call, KeyId);
    notPendingDeletion(key);
    key.tags = addTags(key.tags, Tags);
    return undefined;
  },
};
