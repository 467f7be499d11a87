/** Encryption under SYMMETRIC_DEFAULT keys: AES-256-GCM. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  type CiphertextBlob,
  invalidCiphertext,
  ivLength,
  tagLength,
  writeBlob,
  writeHeader,
} from './ciphertext-blob.ts';
import { canonicalContext, type EncryptionContext } from './encryption-context.ts';
import { currentMaterial } from './key-material.ts';
import type { KmsKey } from './kms-key.ts';

const algorithm = 'aes-256-gcm';

/** Encrypts under the key's current material. The key must have some: see usableKey. */
export function encryptSymmetric(
  key: KmsKey,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
): { ciphertext: Buffer; materialId: string } {
  const material = currentMaterial(key);
  const header = writeHeader(key.keyId, material.id);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, material.secret, iv, { authTagLength: tagLength });
  cipher.setAAD(Buffer.concat([header, canonicalContext(context)]));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    ciphertext: writeBlob({ header, iv, tag: cipher.getAuthTag(), encrypted }),
    materialId: material.id,
  };
}

/** @throws AwsError InvalidCiphertextException for a changed ciphertext and for another encryption context */
export function decryptSymmetric(
  key: KmsKey,
  blob: CiphertextBlob,
  context: EncryptionContext | undefined,
): Buffer {
  const material = key.materials.find((one) => one.id === blob.materialId);
  if (!material) throw invalidCiphertext();
  const decipher = createDecipheriv(algorithm, material.secret, blob.iv, { authTagLength: tagLength });
  decipher.setAAD(Buffer.concat([blob.header, canonicalContext(context)]));
  decipher.setAuthTag(blob.tag);
  try {
    return Buffer.concat([decipher.update(blob.encrypted), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}
