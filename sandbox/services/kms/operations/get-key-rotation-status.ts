import {
  GetKeyRotationStatus$,
  type GetKeyRotationStatusRequest,
  type GetKeyRotationStatusResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';
import { rotatableKey } from '../rotatable-key.ts';

type Input = RequiredMembers<GetKeyRotationStatusRequest, 'KeyId'>;

/**
 * Disabled keys keep their rotation; for keys pending deletion it reads as off (KMS API reference,
 * GetKeyRotationStatus). Members recorded by LocalStack's test suite on AWS; KeyId is the key id, as in the examples
 * of the page "Perform on-demand key rotation".
 */
export const getKeyRotationStatus: Operation<Input, GetKeyRotationStatusResponse> = {
  schema: GetKeyRotationStatus$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:GetKeyRotationStatus'), 'kms:GetKeyRotationStatus'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    rotatableKey(key);
    const rotation = key.state === 'PendingDeletion' ? undefined : key.rotation;
    return {
      KeyId: key.keyId,
      KeyRotationEnabled: rotation !== undefined,
      ...(key.onDemandRotation && { OnDemandRotationStartDate: key.onDemandRotation.startedAt }),
      ...(rotation && { RotationPeriodInDays: rotation.periodInDays, NextRotationDate: rotation.nextDate }),
    };
  },
};
