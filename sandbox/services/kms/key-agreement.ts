/** Shared secrets of two elliptic curve key pairs: ECDH of SP 800-56A, the first coordinate of the point, no KDF. */
import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import type { KeyAgreementAlgorithmSpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { privateKeyOf } from './key-pair.ts';
import { usableKey } from './key-state.ts';
import { checkUsage } from './key-usage.ts';
import type { KmsKey } from './kms-key.ts';

/**
 * @param peer DER of the other side's SubjectPublicKeyInfo, on the same curve
 * @throws AwsError InvalidKeyUsageException, DisabledException, KMSInvalidStateException, ValidationException
 */
export function deriveSecret(key: KmsKey, algorithm: KeyAgreementAlgorithmSpec, peer: Uint8Array): Buffer {
  checkUsage(key, 'DeriveSharedSecret', 'KEY_AGREEMENT', algorithm);
  usableKey(key);
  const privateKey = privateKeyOf(key);
  const publicKey = readPublicKey(peer);
  const curve = privateKey.asymmetricKeyDetails?.namedCurve;
  if (publicKey?.asymmetricKeyType !== 'ec' || publicKey.asymmetricKeyDetails?.namedCurve !== curve) {
    // Inferred: text. That the peer's key must be on the curve of this one: description of DeriveSharedSecret.
    throw new AwsError('ValidationException', `PublicKey is not a public key of key spec ${key.keySpec}.`);
  }
  return diffieHellman({ privateKey, publicKey });
}

function readPublicKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
