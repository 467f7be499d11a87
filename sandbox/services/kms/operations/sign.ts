import { Sign$, type SignRequest, type SignResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { signingConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';
import { sign as signWith } from '../signing.ts';

type Input = RequiredMembers<SignRequest, 'KeyId' | 'Message' | 'SigningAlgorithm'>;

export const sign: Operation<Input, SignResponse> = {
  schema: Sign$,
  permissions: (call, { KeyId, SigningAlgorithm, MessageType }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:Sign'),
      'kms:Sign',
      signingConditions(KeyId, SigningAlgorithm, MessageType),
    ),
  ],
  run(call, input) {
    const key = resolveKey(call, input.KeyId);
    const signature = signWith(key, input);
    endDryRun(input.DryRun);
    recordUse(call, key, 'Sign');
    return { KeyId: key.arn, Signature: signature, SigningAlgorithm: input.SigningAlgorithm };
  },
};
