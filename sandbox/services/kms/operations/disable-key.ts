import { DisableKey$, type DisableKeyRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { changeState, switchableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

export const disableKey: Operation<RequiredMembers<DisableKeyRequest, 'KeyId'>, undefined> = {
  schema: DisableKey$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:DisableKey'), 'kms:DisableKey'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    switchableKey(key);
    changeState(key, 'Disabled', call.clock.now());
    return undefined;
  },
};
