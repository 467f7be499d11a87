/** Encryption under RSA keys: OAEP with the same hash for the label and for the mask ("Key spec reference"). */
import { constants, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import type { EncryptionAlgorithmSpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { invalidCiphertext } from './ciphertext-blob.ts';
import { privateKeyOf } from './key-pair.ts';
import type { KmsKey } from './kms-key.ts';

const hashes: Partial<Record<EncryptionAlgorithmSpec, { readonly name: string; readonly bytes: number }>> = {
  RSAES_OAEP_SHA_1: { name: 'sha1', bytes: 20 },
  RSAES_OAEP_SHA_256: { name: 'sha256', bytes: 32 },
};

/** @throws AwsError ValidationException for a plaintext that is too long for the key */
export function encryptRsa(key: KmsKey, plaintext: Uint8Array, algorithm: EncryptionAlgorithmSpec): Buffer {
  const hash = hashOf(algorithm);
  const privateKey = privateKeyOf(key);
  const modulusBytes = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const longest = modulusBytes - 2 * hash.bytes - 2;
  if (plaintext.length > longest) {
    // Text as LocalStack gives it.
    throw new AwsError(
      'ValidationException',
      `Algorithm ${algorithm} and key spec ${key.keySpec} cannot encrypt data larger than ${longest} bytes.`,
    );
  }
  return publicEncrypt(
    { key: createPublicKey(privateKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash.name },
    plaintext,
  );
}

/** @throws AwsError InvalidCiphertextException */
export function decryptRsa(key: KmsKey, ciphertext: Uint8Array, algorithm: EncryptionAlgorithmSpec): Buffer {
  const hash = hashOf(algorithm);
  try {
    return privateDecrypt(
      { key: privateKeyOf(key), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash.name },
      ciphertext,
    );
  } catch {
    throw invalidCiphertext();
  }
}

function hashOf(algorithm: EncryptionAlgorithmSpec) {
  const hash = hashes[algorithm];
  if (!hash) throw new Error(`${algorithm} is not an algorithm of RSA keys`);
  return hash;
}
