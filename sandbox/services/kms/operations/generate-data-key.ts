import {
  GenerateDataKey$,
  type GenerateDataKeyRequest,
  type GenerateDataKeyResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { cryptographicConditions } from '../condition-keys.ts';
import { checkDataKeyRequest, makeDataKey } from '../data-key.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<GenerateDataKeyRequest, 'KeyId'>;

export const generateDataKey: Operation<Input, GenerateDataKeyResponse> = {
  schema: GenerateDataKey$,
  permissions(call, input) {
    checkDataKeyRequest(input);
    const key = resolveKey(call, input.KeyId, 'kms:GenerateDataKey');
    const context = cryptographicConditions(input.KeyId, input.EncryptionContext);
    return [keyPermission(key, 'kms:GenerateDataKey', context)];
  },
  run(call, input) {
    const key = resolveKey(call, input.KeyId);
    const { plaintext, ciphertext, materialId } = makeDataKey(key, 'GenerateDataKey', input);
    endDryRun(input.DryRun);
    recordUse(call, key, 'GenerateDataKey');
    return {
      CiphertextBlob: ciphertext,
      Plaintext: plaintext,
      KeyId: key.arn,
      KeyMaterialId: materialId,
    };
  },
};
