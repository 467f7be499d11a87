import {
  CancelKeyDeletion$,
  type CancelKeyDeletionRequest,
  type CancelKeyDeletionResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { changeState, pendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<CancelKeyDeletionRequest, 'KeyId'>;

export const cancelKeyDeletion: Operation<Input, CancelKeyDeletionResponse> = {
  schema: CancelKeyDeletion$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:CancelKeyDeletion'), 'kms:CancelKeyDeletion'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    pendingDeletion(key);
    // The key comes back disabled (KMS API reference, CancelKeyDeletion). Inferred: without material, pending import.
    changeState(key, key.materials.length === 0 ? 'PendingImport' : 'Disabled', call.clock.now());
    key.deletionDate = undefined;
    return { KeyId: key.arn };
  },
};
