/** Verifies signatures on this machine, as anybody can who has the public key: by the Web Cryptography that Node has without an import. */
import { fromDer } from './ecdsa-signature.ts';

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Name of the curve, and the size of its numbers in bytes ("Key spec reference", KMS developer guide). */
const curves: Readonly<Record<string, { readonly namedCurve: string; readonly size: number }>> = {
  ECC_NIST_P256: { namedCurve: 'P-256', size: 32 },
  ECC_NIST_P384: { namedCurve: 'P-384', size: 48 },
  ECC_NIST_P521: { namedCurve: 'P-521', size: 66 },
};

export interface PublicKey {
  /** As in `KeyMetadata.KeySpec`: `ECC_NIST_P256`. */
  readonly keySpec: string;
  /** DER of a SubjectPublicKeyInfo, as GetPublicKey gives it. */
  readonly der: Uint8Array;
}

export interface SignedBytes {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  /** As in Sign's `SigningAlgorithm`: `ECDSA_SHA_256`. */
  readonly algorithm: string;
}

/** The digest that a signing algorithm takes of a message. */
export async function digestOf(message: Uint8Array, algorithm: string): Promise<Uint8Array> {
  const hash = hashOf(algorithm) ?? 'SHA-256';
  return new Uint8Array(await crypto.subtle.digest(hash, copy(message)));
}

/**
 * Whether it is a signature of the message by that key. A message that was signed as `RAW` and one of which the `DIGEST`
 * was signed are verified alike: KMS takes the digest of the first itself.
 *
 * @returns undefined where this machine cannot tell: key specs and algorithms other than RSA's and the NIST curves'
 */
export async function verifySignature(
  { keySpec, der }: PublicKey,
  { message, signature, algorithm }: SignedBytes,
): Promise<boolean | undefined> {
  const hash = hashOf(algorithm);
  if (hash === undefined) return undefined;
  const { subtle } = crypto;
  const curve = curves[keySpec];
  if (curve && algorithm.startsWith('ECDSA_')) {
    const { namedCurve, size } = curve;
    const key = await subtle.importKey('spki', copy(der), { name: 'ECDSA', namedCurve }, false, ['verify']);
    const numbers = fromDer(signature, size);
    return numbers !== undefined && subtle.verify({ name: 'ECDSA', hash }, key, numbers, copy(message));
  }
  if (!keySpec.startsWith('RSA_') || !algorithm.startsWith('RSASSA_')) return undefined;
  const name = algorithm.startsWith('RSASSA_PSS_') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const key = await subtle.importKey('spki', copy(der), { name, hash }, false, ['verify']);
  // The salt is as long as the digest ("RSASSA-PSS algorithms", Key spec reference).
  const saltLength = Number(hash.slice('SHA-'.length)) / 8;
  return subtle.verify({ name, saltLength }, key, copy(signature), copy(message));
}

function hashOf(algorithm: string): Hash | undefined {
  const [, bits] = /^(?:ECDSA|RSASSA_PSS|RSASSA_PKCS1_V1_5)_SHA_(256|384|512)$/.exec(algorithm) ?? [];
  return bits === undefined ? undefined : (`SHA-${bits}` as Hash);
}

/** Web Cryptography takes no bytes that may be shared between threads. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
