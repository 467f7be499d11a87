/** What each signing algorithm is made of ("Key spec reference" of the KMS developer guide). */
import type { MessageType, SigningAlgorithmSpec } from '@aws-sdk/client-kms';

export type Hash = 'sha256' | 'sha384' | 'sha512';

export type SigningScheme =
  | { readonly kind: 'rsa'; readonly padding: 'pkcs1' | 'pss'; readonly hash: Hash }
  | { readonly kind: 'ecdsa'; readonly hash: Hash }
  | { readonly kind: 'ed25519' };

/** A message, or its digest, of the right length for the algorithm. */
export interface ToSign {
  readonly type: Extract<MessageType, 'RAW' | 'DIGEST'>;
  readonly message: Uint8Array;
}

/** Node's crypto has no Ed25519ph and no SM2, and ML-DSA only in versions newer than the oldest that is supported. */
export const signingSchemes: Partial<Record<SigningAlgorithmSpec, SigningScheme>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { kind: 'rsa', padding: 'pkcs1', hash: 'sha256' },
  RSASSA_PKCS1_V1_5_SHA_384: { kind: 'rsa', padding: 'pkcs1', hash: 'sha384' },
  RSASSA_PKCS1_V1_5_SHA_512: { kind: 'rsa', padding: 'pkcs1', hash: 'sha512' },
  RSASSA_PSS_SHA_256: { kind: 'rsa', padding: 'pss', hash: 'sha256' },
  RSASSA_PSS_SHA_384: { kind: 'rsa', padding: 'pss', hash: 'sha384' },
  RSASSA_PSS_SHA_512: { kind: 'rsa', padding: 'pss', hash: 'sha512' },
  ECDSA_SHA_256: { kind: 'ecdsa', hash: 'sha256' },
  ECDSA_SHA_384: { kind: 'ecdsa', hash: 'sha384' },
  ECDSA_SHA_512: { kind: 'ecdsa', hash: 'sha512' },
  ED25519_SHA_512: { kind: 'ed25519' },
};

export const digestLengths: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 };
