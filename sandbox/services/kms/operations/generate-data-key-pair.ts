import {
  GenerateDataKeyPair$,
  type GenerateDataKeyPairRequest,
  type GenerateDataKeyPairResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { dataKeyPairConditions } from '../condition-keys.ts';
import { makeDataKeyPair } from '../data-key-pair.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

const action = 'kms:GenerateDataKeyPair';

type Input = RequiredMembers<GenerateDataKeyPairRequest, 'KeyId' | 'KeyPairSpec'>;

export const generateDataKeyPair: Operation<Input, GenerateDataKeyPairResponse> = {
  schema: GenerateDataKeyPair$,
  permissions: (call, { KeyId, EncryptionContext, KeyPairSpec }) => [
    keyPermission(
      resolveKey(call, KeyId, action),
      action,
      dataKeyPairConditions(KeyId, EncryptionContext, KeyPairSpec),
    ),
  ],
  async run(call, { KeyId, EncryptionContext, KeyPairSpec, DryRun }) {
    const key = resolveKey(call, KeyId);
    const pair = await makeDataKeyPair(key, 'GenerateDataKeyPair', KeyPairSpec, EncryptionContext);
    endDryRun(DryRun);
    recordUse(call, key, 'GenerateDataKeyPair');
    return {
      PrivateKeyCiphertextBlob: pair.ciphertext,
      PrivateKeyPlaintext: pair.privateKey,
      PublicKey: pair.publicKey,
      KeyId: key.arn,
      KeyPairSpec,
      KeyMaterialId: pair.materialId,
    };
  },
};
