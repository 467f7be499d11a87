import {
  GenerateDataKeyPairWithoutPlaintext$,
  type GenerateDataKeyPairWithoutPlaintextRequest,
  type GenerateDataKeyPairWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { dataKeyPairConditions } from '../condition-keys.ts';
import { makeDataKeyPair } from '../data-key-pair.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

const action = 'kms:GenerateDataKeyPairWithoutPlaintext';

type Input = RequiredMembers<GenerateDataKeyPairWithoutPlaintextRequest, 'KeyId' | 'KeyPairSpec'>;

export const generateDataKeyPairWithoutPlaintext: Operation<
  Input,
  GenerateDataKeyPairWithoutPlaintextResponse
> = {
  schema: GenerateDataKeyPairWithoutPlaintext$,
  permissions: (call, { KeyId, EncryptionContext, KeyPairSpec }) => [
    keyPermission(
      resolveKey(call, KeyId, action),
      action,
      dataKeyPairConditions(KeyId, EncryptionContext, KeyPairSpec),
    ),
  ],
  async run(call, { KeyId, EncryptionContext, KeyPairSpec, DryRun }) {
    const key = resolveKey(call, KeyId);
    const pair = await makeDataKeyPair(
      key,
      'GenerateDataKeyPairWithoutPlaintext',
      KeyPairSpec,
      EncryptionContext,
    );
    endDryRun(DryRun);
    recordUse(call, key, 'GenerateDataKeyPairWithoutPlaintext');
    return {
      PrivateKeyCiphertextBlob: pair.ciphertext,
      PublicKey: pair.publicKey,
      KeyId: key.arn,
      KeyPairSpec,
      KeyMaterialId: pair.materialId,
    };
  },
};
