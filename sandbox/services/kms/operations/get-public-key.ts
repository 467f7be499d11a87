import {
  type CustomerMasterKeySpec,
  GetPublicKey$,
  type GetPublicKeyRequest,
  type GetPublicKeyResponse,
} from '@aws-sdk/client-kms';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { requestAlias } from '../condition-keys.ts';
import { currentMaterial } from '../key-material.ts';
import { publicKeyInfo } from '../key-pair.ts';
import { algorithmLists, hasKeyPair } from '../key-specs.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<GetPublicKeyRequest, 'KeyId'>;

export const getPublicKey: Operation<Input, GetPublicKeyResponse> = {
  schema: GetPublicKey$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKey(call, KeyId, 'kms:GetPublicKey'), 'kms:GetPublicKey', requestAlias(KeyId)),
  ],
  run(call, { KeyId }) {
    const key = resolveKey(call, KeyId);
    if (!hasKeyPair(key.keySpec)) {
      // The code is the model's. Inferred: the text, empty as that of RotateKeyOnDemand for the wrong kind of key.
      throw new AwsError('UnsupportedOperationException', '');
    }
    usableKey(key);
    return {
      KeyId: key.arn,
      PublicKey: publicKeyInfo(currentMaterial(key)),
      // The deprecated name of KeySpec: always the same value, also where its own enumeration lacks it.
      CustomerMasterKeySpec: key.keySpec as CustomerMasterKeySpec,
      KeySpec: key.keySpec,
      KeyUsage: key.keyUsage,
      ...algorithmLists(key.keySpec, key.keyUsage),
    };
  },
};
