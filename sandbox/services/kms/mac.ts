/** Message authentication codes with HMAC keys. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MacAlgorithmSpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { currentMaterial } from './key-material.ts';
import { usableKey } from './key-state.ts';
import { checkUsage } from './key-usage.ts';
import type { KmsKey } from './kms-key.ts';

const hashes: Readonly<Record<MacAlgorithmSpec, string>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};

/** @throws AwsError InvalidKeyUsageException, DisabledException, KMSInvalidStateException */
export function makeMac(
  key: KmsKey,
  operation: 'GenerateMac' | 'VerifyMac',
  message: Uint8Array,
  algorithm: MacAlgorithmSpec,
): Buffer {
  checkUsage(key, operation, 'GENERATE_VERIFY_MAC', algorithm);
  usableKey(key);
  return createHmac(hashes[algorithm], currentMaterial(key).secret).update(message).digest();
}

/** @throws AwsError KMSInvalidMacException (inferred: the text is empty, as of KMSInvalidSignatureException), and as {@link makeMac} */
export function verifyMac(
  key: KmsKey,
  message: Uint8Array,
  algorithm: MacAlgorithmSpec,
  mac: Uint8Array,
): void {
  const right = makeMac(key, 'VerifyMac', message, algorithm);
  if (right.length !== mac.length || !timingSafeEqual(right, mac)) {
    throw new AwsError('KMSInvalidMacException', '');
  }
}
