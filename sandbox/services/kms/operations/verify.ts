import { Verify$, type VerifyRequest, type VerifyResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { signingConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';
import { verify as verifyWith } from '../signing.ts';

type Input = RequiredMembers<VerifyRequest, 'KeyId' | 'Message' | 'Signature' | 'SigningAlgorithm'>;

export const verify: Operation<Input, VerifyResponse> = {
  schema: Verify$,
  permissions: (call, { KeyId, SigningAlgorithm, MessageType }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:Verify'),
      'kms:Verify',
      signingConditions(KeyId, SigningAlgorithm, MessageType),
    ),
  ],
  run(call, input) {
    const key = resolveKey(call, input.KeyId);
    verifyWith(key, input, input.Signature);
    endDryRun(input.DryRun);
    recordUse(call, key, 'Verify');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
};
