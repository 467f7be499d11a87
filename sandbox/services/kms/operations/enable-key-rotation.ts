import { EnableKeyRotation$, type EnableKeyRotationRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { startRotation } from '../key-rotation.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';
import { rotatableKey } from '../rotatable-key.ts';

const defaultPeriodInDays = 365;

type Input = RequiredMembers<EnableKeyRotationRequest, 'KeyId'>;

export const enableKeyRotation: Operation<Input, undefined> = {
  schema: EnableKeyRotation$,
  permissions: (call, { KeyId, RotationPeriodInDays: days = defaultPeriodInDays }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:EnableKeyRotation'), 'kms:EnableKeyRotation', {
      'kms:RotationPeriodInDays': String(days),
    }),
  ],
  run(call, { KeyId, RotationPeriodInDays: days = defaultPeriodInDays }) {
    const key = resolveKeyId(call, KeyId);
    rotatableKey(key);
    usableKey(key);
    startRotation(key, days, call.clock.now());
    return undefined;
  },
};
