import {
  RotateKeyOnDemand$,
  type RotateKeyOnDemandRequest,
  type RotateKeyOnDemandResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { checkOnDemandRotation } from '../on-demand-rotation.ts';
import type { RequiredMembers } from '../required-members.ts';
import { rotatableKey } from '../rotatable-key.ts';

type Input = RequiredMembers<RotateKeyOnDemandRequest, 'KeyId'>;

/** Begins a rotation; the store carries it out when it is due. Answers as recorded by LocalStack's tests on AWS. */
export const rotateKeyOnDemand: Operation<Input, RotateKeyOnDemandResponse> = {
  schema: RotateKeyOnDemand$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:RotateKeyOnDemand'), 'kms:RotateKeyOnDemand'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    rotatableKey(key);
    usableKey(key);
    const now = call.clock.now();
    checkOnDemandRotation(key, now);
    const endsAt = new Date(now.getTime() + call.clock.timing.onDemandRotationMs);
    key.onDemandRotation = { startedAt: now, endsAt };
    return { KeyId: key.keyId };
  },
};
