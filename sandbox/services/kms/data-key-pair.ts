/** Data key pairs: a new key pair, its private key encrypted under a symmetric key. */
import type { GenerateDataKeyPairRequest, GenerateDataKeyPairResponse } from '@aws-sdk/client-kms';
import type { Permission } from '../../authorisation/permission.ts';
import type { Call } from '../../call.ts';
import { defaultAlgorithm, encrypt } from './cipher.ts';
import { dataKeyPairConditions } from './condition-keys.ts';
import { checkDataKeyParent } from './data-key.ts';
import { endDryRun } from './dry-run.ts';
import { createMaterial } from './key-material.ts';
import { publicKeyInfo } from './key-pair.ts';
import { usableKey } from './key-state.ts';
import { keyPermission, resolveKey } from './keys.ts';
import { recordUse } from './last-usage.ts';
import type { RequiredMembers } from './required-members.ts';

/** The operations that make such pairs, with and without the private key in their answer. */
type PairOperation = 'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext';

/** The requests of both have the same members. */
export type DataKeyPairInput = RequiredMembers<GenerateDataKeyPairRequest, 'KeyId' | 'KeyPairSpec'>;

/** @throws AwsError NotFoundException, as {@link resolveKey} */
export function dataKeyPairPermission(
  call: Call,
  operation: PairOperation,
  { KeyId, EncryptionContext, KeyPairSpec }: DataKeyPairInput,
): Permission {
  const action = `kms:${operation}`;
  const context = dataKeyPairConditions(KeyId, EncryptionContext, KeyPairSpec);
  return keyPermission(resolveKey(call, KeyId, action), action, context);
}

/**
 * Makes a pair, and records that its key was used.
 *
 * @returns the whole answer: `PrivateKeyPlaintext` is the DER of a PKCS #8 PrivateKeyInfo, `PublicKey` that of a
 *   SubjectPublicKeyInfo
 * @throws AwsError as {@link encrypt}; UnsupportedOperationException for key pairs that this Node.js cannot make;
 *   DryRunOperationException
 */
export async function makeDataKeyPair(
  call: Call,
  operation: PairOperation,
  { KeyId, EncryptionContext, KeyPairSpec, DryRun }: DataKeyPairInput,
): Promise<GenerateDataKeyPairResponse> {
  const key = resolveKey(call, KeyId);
  checkDataKeyParent(key, operation);
  usableKey(key);
  const material = await createMaterial(KeyPairSpec);
  const { secret } = material;
  const { ciphertext, materialId } = encrypt(key, operation, secret, EncryptionContext, defaultAlgorithm);
  endDryRun(DryRun);
  recordUse(call, key, operation);
  return {
    PrivateKeyCiphertextBlob: ciphertext,
    PrivateKeyPlaintext: secret,
    PublicKey: publicKeyInfo(material),
    KeyId: key.arn,
    KeyPairSpec,
    KeyMaterialId: materialId,
  };
}
