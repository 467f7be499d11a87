/** Makes key material with Node's crypto. */
import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeySpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import type { KeyMaterial, KmsKey } from './kms-key.ts';

/**
 * Key lengths in bytes: AES-256, and for HMAC the shortest that the page "HMAC keys in AWS KMS" of the KMS
 * developer guide gives for each hash.
 */
const secretLengths: Partial<Record<KeySpec, number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

const modulusLengths: Partial<Record<KeySpec, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

/** OpenSSL's curve names. */
const curves: Partial<Record<KeySpec, string>> = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
};

/** Node's key types without further parameters. ML-DSA and ML-KEM came with Node 24. */
const keyTypes: Partial<Record<KeySpec, string>> = {
  ECC_NIST_EDWARDS25519: 'ed25519',
  ML_DSA_44: 'ml-dsa-44',
  ML_DSA_65: 'ml-dsa-65',
  ML_DSA_87: 'ml-dsa-87',
  ML_KEM_512: 'ml-kem-512',
  ML_KEM_768: 'ml-kem-768',
  ML_KEM_1024: 'ml-kem-1024',
};

const newKeyPair = promisify(generateKeyPair);

/** @throws AwsError UnsupportedOperationException, naming the key spec, for what this Node.js cannot make */
export async function createMaterial(keySpec: KeySpec): Promise<KeyMaterial> {
  const length = secretLengths[keySpec];
  if (length !== undefined) return material(randomBytes(length));
  const modulusLength = modulusLengths[keySpec];
  if (modulusLength !== undefined) return keyPairMaterial(await newKeyPair('rsa', { modulusLength }));
  const namedCurve = curves[keySpec];
  if (namedCurve !== undefined) return keyPairMaterial(await newKeyPair('ec', { namedCurve }));
  const type = keyTypes[keySpec];
  if (type === undefined) throw cannotMake(keySpec);
  try {
    // The typings of the oldest Node.js supported here do not know all of these types.
    return keyPairMaterial(await newKeyPair(type as 'ed25519'));
  } catch {
    throw cannotMake(keySpec);
  }
}

/** Material for SYMMETRIC_DEFAULT. */
export function createSymmetricMaterial(): KeyMaterial {
  return material(randomBytes(32));
}

/** The material that the key computes with now: that of the last rotation. @throws AwsError KMSInvalidStateException */
export function currentMaterial(key: KmsKey): KeyMaterial {
  const material = key.materials.at(-1);
  if (!material) throw new AwsError('KMSInvalidStateException', `${key.arn} is pending import.`);
  return material;
}

function keyPairMaterial(pair: { readonly privateKey: KeyObject }): KeyMaterial {
  return material(pair.privateKey.export({ format: 'der', type: 'pkcs8' }));
}

function material(secret: Uint8Array): KeyMaterial {
  return { id: randomBytes(32).toString('hex'), secret };
}

function cannotMake(keySpec: KeySpec): AwsError {
  return new AwsError(
    'UnsupportedOperationException',
    `The sandbox cannot make ${keySpec} keys: the crypto module of Node.js ${process.version} does not have them.`,
  );
}
