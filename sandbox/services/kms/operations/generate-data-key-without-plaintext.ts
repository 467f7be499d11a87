import {
  GenerateDataKeyWithoutPlaintext$,
  type GenerateDataKeyWithoutPlaintextRequest,
  type GenerateDataKeyWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { cryptographicConditions } from '../condition-keys.ts';
import { checkDataKeyRequest, makeDataKey } from '../data-key.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

const action = 'kms:GenerateDataKeyWithoutPlaintext';

type Input = RequiredMembers<GenerateDataKeyWithoutPlaintextRequest, 'KeyId'>;

export const generateDataKeyWithoutPlaintext: Operation<Input, GenerateDataKeyWithoutPlaintextResponse> = {
  schema: GenerateDataKeyWithoutPlaintext$,
  permissions(call, input) {
    checkDataKeyRequest(input);
    const key = resolveKey(call, input.KeyId, action);
    return [keyPermission(key, action, cryptographicConditions(input.KeyId, input.EncryptionContext))];
  },
  run(call, input) {
    const key = resolveKey(call, input.KeyId);
    const { ciphertext, materialId } = makeDataKey(key, 'GenerateDataKeyWithoutPlaintext', input);
    endDryRun(input.DryRun);
    recordUse(call, key, 'GenerateDataKeyWithoutPlaintext');
    return { CiphertextBlob: ciphertext, KeyId: key.arn, KeyMaterialId: materialId };
  },
};
