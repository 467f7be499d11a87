import { EnableKey$, type EnableKeyRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { rotateAfterEnabling } from '../key-rotation.ts';
import { changeState, switchableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

export const enableKey: Operation<RequiredMembers<EnableKeyRequest, 'KeyId'>, undefined> = {
  schema: EnableKey$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:EnableKey'), 'kms:EnableKey'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    switchableKey(key);
    rotateAfterEnabling(key, call.clock.now());
    changeState(key, 'Enabled', call.clock.now());
    return undefined;
  },
};
