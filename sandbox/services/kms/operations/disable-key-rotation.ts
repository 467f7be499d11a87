import { DisableKeyRotation$, type DisableKeyRotationRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';
import { rotatableKey } from '../rotatable-key.ts';

type Input = RequiredMembers<DisableKeyRotationRequest, 'KeyId'>;

export const disableKeyRotation: Operation<Input, undefined> = {
  schema: DisableKeyRotation$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:DisableKeyRotation'), 'kms:DisableKeyRotation'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    rotatableKey(key);
    usableKey(key);
    key.rotation = undefined;
    return undefined;
  },
};
