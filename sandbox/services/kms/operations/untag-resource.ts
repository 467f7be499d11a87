import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<UntagResourceRequest, 'KeyId' | 'TagKeys'>;

export const untagResource: Operation<Input, undefined> = {
  schema: UntagResource$,
  permissions: (call, { KeyId, TagKeys }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:UntagResource'), 'kms:UntagResource', {
      'aws:TagKeys': TagKeys,
    }),
  ],
  run(call, { KeyId, TagKeys }) {
    const key = resolveKeyId(call, KeyId);
    notPendingDeletion(key);
    key.tags = key.tags.filter((tag) => !TagKeys.includes(tag.TagKey ?? ''));
    return undefined;
  },
};
