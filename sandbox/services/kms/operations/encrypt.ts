import { Encrypt$, type EncryptRequest, type EncryptResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { defaultAlgorithm, encrypt as encryptUnder } from '../cipher.ts';
import { cryptographicConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<EncryptRequest, 'KeyId' | 'Plaintext'>;

export const encrypt: Operation<Input, EncryptResponse> = {
  schema: Encrypt$,
  permissions: (call, { KeyId, EncryptionContext, EncryptionAlgorithm }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:Encrypt'),
      'kms:Encrypt',
      cryptographicConditions(KeyId, EncryptionContext, EncryptionAlgorithm),
    ),
  ],
  run(call, { KeyId, Plaintext, EncryptionContext, EncryptionAlgorithm = defaultAlgorithm, DryRun }) {
    const key = resolveKey(call, KeyId);
    const { ciphertext } = encryptUnder(key, 'Encrypt', Plaintext, EncryptionContext, EncryptionAlgorithm);
    endDryRun(DryRun);
    recordUse(call, key, 'Encrypt');
    return { CiphertextBlob: ciphertext, KeyId: key.arn, EncryptionAlgorithm };
  },
};
