/** Encrypting and decrypting under any key that can: what the key is decides how. */
import type { EncryptionAlgorithmSpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { readBlob } from './ciphertext-blob.ts';
import type { EncryptionContext } from './encryption-context.ts';
import { usableKey } from './key-state.ts';
import { checkUsage } from './key-usage.ts';
import { resolveKey, storeOf } from './keys.ts';
import type { KmsKey } from './kms-key.ts';
import { decryptRsa, encryptRsa } from './rsa-cipher.ts';
import { decryptSymmetric, encryptSymmetric } from './symmetric-cipher.ts';

export const defaultAlgorithm: EncryptionAlgorithmSpec = 'SYMMETRIC_DEFAULT';

export interface Encrypted {
  readonly ciphertext: Buffer;
  /** Symmetric keys only. */
  readonly materialId?: string;
}

export interface Decrypted {
  readonly plaintext: Buffer;
  /** Symmetric keys only. */
  readonly materialId?: string;
}

/** What Decrypt and ReEncrypt are given to open. */
export interface CiphertextSource {
  readonly ciphertext: Uint8Array | undefined;
  /** What the request says about the key, if anything. */
  readonly keyIdentifier: string | undefined;
  readonly context: EncryptionContext | undefined;
  readonly algorithm: EncryptionAlgorithmSpec;
}

/**
 * @param operation for the text of the refusal: `Encrypt`
 * @throws AwsError DisabledException, KMSInvalidStateException, InvalidKeyUsageException, ValidationException
 */
export function encrypt(
  key: KmsKey,
  operation: string,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
  algorithm: EncryptionAlgorithmSpec,
): Encrypted {
  checkUsage(key, operation, 'ENCRYPT_DECRYPT', algorithm);
  usableKey(key);
  checkContext(context, algorithm);
  if (algorithm === defaultAlgorithm) return encryptSymmetric(key, plaintext, context);
  return { ciphertext: encryptRsa(key, plaintext, algorithm) };
}

/**
 * The key that a ciphertext is to be opened with: the one that the request names, or else the one that a symmetric
 * ciphertext names.
 *
 * @param action for the refusal of another account's key: `kms:Decrypt`
 * @throws AwsError NotFoundException, InvalidCiphertextException, ValidationException; AccessDeniedException when
 *   the ciphertext's key is not in this account and Region
 */
export function keyOf(call: Call, source: CiphertextSource, action: string): KmsKey {
  if (source.keyIdentifier !== undefined) return resolveKey(call, source.keyIdentifier, action);
  if (source.algorithm !== defaultAlgorithm) {
    // Required with asymmetric keys (description of Decrypt's KeyId in the SDK's model). Inferred: the text.
    throw new AwsError('ValidationException', `KeyId is required with the algorithm ${source.algorithm}.`);
  }
  const key = storeOf(call).key(readBlob(requireCiphertext(source)).keyId);
  if (key) return key;
  // Text observed on AWS through DynamoDB (aws/aws-cdk#10010 and others).
  throw new AwsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are ' +
      'not allowed to access.',
  );
}

/**
 * @param operation for the text of the refusal: `Decrypt`
 * @throws AwsError InvalidCiphertextException, IncorrectKeyException, DisabledException, KMSInvalidStateException,
 *   InvalidKeyUsageException, ValidationException
 */
export function decrypt(key: KmsKey, operation: string, source: CiphertextSource): Decrypted {
  const ciphertext = requireCiphertext(source);
  if (source.algorithm !== defaultAlgorithm) {
    checkUsage(key, operation, 'ENCRYPT_DECRYPT', source.algorithm);
    usableKey(key);
    checkContext(source.context, source.algorithm);
    return { plaintext: decryptRsa(key, ciphertext, source.algorithm) };
  }
  const blob = readBlob(ciphertext);
  if (blob.keyId !== key.keyId) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  usableKey(key);
  return { plaintext: decryptSymmetric(key, blob, source.context), materialId: blob.materialId };
}

/** @throws AwsError ValidationException; the runtime schema does not require it, for the sake of dry runs */
function requireCiphertext({ ciphertext }: CiphertextSource): Uint8Array {
  if (ciphertext) return ciphertext;
  throw new AwsError(
    'ValidationException',
    "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
  );
}

/** Inferred: that AWS refuses rather than ignores it, and the text. */
function checkContext(context: EncryptionContext | undefined, algorithm: EncryptionAlgorithmSpec): void {
  if (algorithm === defaultAlgorithm || Object.keys(context ?? {}).length === 0) return;
  throw new AwsError(
    'ValidationException',
    'EncryptionContext is supported only with symmetric encryption KMS keys.',
  );
}
