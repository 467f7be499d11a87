import { Decrypt$, type DecryptRequest, type DecryptResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { type CiphertextSource, decrypt as decryptUnder, defaultAlgorithm, keyOf } from '../cipher.ts';
import { cryptographicConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission } from '../keys.ts';
import { recordUse } from '../last-usage.ts';

export const decrypt: Operation<DecryptRequest, DecryptResponse> = {
  schema: Decrypt$,
  permissions(call, input) {
    const { KeyId, EncryptionContext, EncryptionAlgorithm } = input;
    const key = keyOf(call, sourceOf(input), 'kms:Decrypt');
    return [
      keyPermission(
        key,
        'kms:Decrypt',
        cryptographicConditions(KeyId, EncryptionContext, EncryptionAlgorithm),
      ),
    ];
  },
  run(call, input) {
    const source = sourceOf(input);
    const key = keyOf(call, source, 'kms:Decrypt');
    if (input.DryRun && input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT')) {
      usableKey(key);
      endDryRun(input.DryRun);
    }
    const { plaintext, materialId } = decryptUnder(key, 'Decrypt', source);
    endDryRun(input.DryRun);
    recordUse(call, key, 'Decrypt');
    return {
      KeyId: key.arn,
      Plaintext: plaintext,
      EncryptionAlgorithm: source.algorithm,
      ...(materialId !== undefined && { KeyMaterialId: materialId }),
    };
  },
};

function sourceOf(input: DecryptRequest): CiphertextSource {
  return {
    ciphertext: input.CiphertextBlob,
    keyIdentifier: input.KeyId,
    context: input.EncryptionContext,
    algorithm: input.EncryptionAlgorithm ?? defaultAlgorithm,
  };
}
