import { UpdateKeyDescription$, type UpdateKeyDescriptionRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<UpdateKeyDescriptionRequest, 'KeyId' | 'Description'>;

export const updateKeyDescription: Operation<Input, undefined> = {
  schema: UpdateKeyDescription$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:UpdateKeyDescription'), 'kms:UpdateKeyDescription'),
  ],
  run(call, { KeyId, Description }) {
    const key = resolveKeyId(call, KeyId);
    notPendingDeletion(key);
    key.description = Description;
    return undefined;
  },
};
