import { ReEncrypt$, type ReEncryptRequest, type ReEncryptResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { type CiphertextSource, decrypt, defaultAlgorithm, encrypt, keyOf } from '../cipher.ts';
import { cryptographicConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<ReEncryptRequest, 'DestinationKeyId'>;

export const reEncrypt: Operation<Input, ReEncryptResponse> = {
  schema: ReEncrypt$,
  permissions(call, input) {
    const from = keyOf(call, sourceOf(input), 'kms:ReEncryptFrom');
    const to = resolveKey(call, input.DestinationKeyId, 'kms:ReEncryptTo');
    const onSameKey = { 'kms:ReEncryptOnSameKey': String(from.arn === to.arn) };
    return [
      keyPermission(from, 'kms:ReEncryptFrom', {
        ...cryptographicConditions(
          input.SourceKeyId,
          input.SourceEncryptionContext,
          input.SourceEncryptionAlgorithm,
        ),
        ...onSameKey,
      }),
      keyPermission(to, 'kms:ReEncryptTo', {
        ...cryptographicConditions(
          input.DestinationKeyId,
          input.DestinationEncryptionContext,
          input.DestinationEncryptionAlgorithm,
        ),
        ...onSameKey,
      }),
    ];
  },
  run(call, input) {
    const source = sourceOf(input);
    const from = keyOf(call, source, 'kms:ReEncryptFrom');
    const to = resolveKey(call, input.DestinationKeyId);
    const algorithm = input.DestinationEncryptionAlgorithm ?? defaultAlgorithm;
    if (input.DryRun && input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT')) {
      usableKey(from);
      usableKey(to);
      endDryRun(input.DryRun);
    }
    const opened = decrypt(from, 'ReEncrypt', source);
    const closed = encrypt(to, 'ReEncrypt', opened.plaintext, input.DestinationEncryptionContext, algorithm);
    endDryRun(input.DryRun);
    for (const key of [from, to]) recordUse(call, key, 'ReEncrypt');
    return {
      CiphertextBlob: closed.ciphertext,
      SourceKeyId: from.arn,
      KeyId: to.arn,
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: algorithm,
      ...(opened.materialId !== undefined && { SourceKeyMaterialId: opened.materialId }),
      ...(closed.materialId !== undefined && { DestinationKeyMaterialId: closed.materialId }),
    };
  },
};

function sourceOf(input: Input): CiphertextSource {
  return {
    ciphertext: input.CiphertextBlob,
    keyIdentifier: input.SourceKeyId,
    context: input.SourceEncryptionContext,
    algorithm: input.SourceEncryptionAlgorithm ?? defaultAlgorithm,
  };
}
