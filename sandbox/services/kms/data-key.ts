/** Data keys: random bytes, and the same bytes encrypted under a symmetric key. */
import { randomBytes } from 'node:crypto';
import type { DataKeySpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { defaultAlgorithm, type Encrypted, encrypt } from './cipher.ts';
import type { EncryptionContext } from './encryption-context.ts';
import { checkUsage } from './key-usage.ts';
import type { KmsKey } from './kms-key.ts';

export interface DataKeyRequest {
  readonly KeySpec?: DataKeySpec | undefined;
  readonly NumberOfBytes?: number | undefined;
  readonly EncryptionContext?: EncryptionContext | undefined;
}

const lengths: Readonly<Record<DataKeySpec, number>> = { AES_128: 16, AES_256: 32 };

/** @throws AwsError ValidationException unless the length is given in one of the two ways (text: nsmithuk/local-kms#6) */
export function checkDataKeyRequest({ KeySpec, NumberOfBytes }: DataKeyRequest): void {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
}

/** @param operation for the text of the refusal: `GenerateDataKey` */
export function makeDataKey(
  key: KmsKey,
  operation: string,
  request: DataKeyRequest,
): Encrypted & { readonly plaintext: Buffer } {
  checkDataKeyParent(key, operation);
  const plaintext = randomBytes(request.KeySpec ? lengths[request.KeySpec] : (request.NumberOfBytes ?? 0));
  return {
    plaintext,
    ...encrypt(key, operation, plaintext, request.EncryptionContext, defaultAlgorithm),
  };
}

/** Data keys and data key pairs are encrypted under symmetric keys. @throws AwsError InvalidKeyUsageException */
export function checkDataKeyParent(key: KmsKey, operation: string): void {
  if (key.keyUsage === 'ENCRYPT_DECRYPT' && key.keySpec !== 'SYMMETRIC_DEFAULT') {
    // Text as several emulators give it for AWS.
    throw new AwsError('InvalidKeyUsageException', 'You cannot generate a data key with an asymmetric CMK');
  }
  checkUsage(key, operation, 'ENCRYPT_DECRYPT', defaultAlgorithm);
}
