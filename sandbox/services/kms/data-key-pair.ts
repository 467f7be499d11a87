/** Data key pairs: a new key pair, its private key encrypted under a symmetric key. */
import type { DataKeyPairSpec } from '@aws-sdk/client-kms';
import { defaultAlgorithm, type Encrypted, encrypt } from './cipher.ts';
import { checkDataKeyParent } from './data-key.ts';
import type { EncryptionContext } from './encryption-context.ts';
import { createMaterial } from './key-material.ts';
import { publicKeyInfo } from './key-pair.ts';
import { usableKey } from './key-state.ts';
import type { KmsKey } from './kms-key.ts';

export interface DataKeyPair extends Encrypted {
  /** DER of a PKCS #8 PrivateKeyInfo: what is encrypted. */
  readonly privateKey: Uint8Array;
  /** DER of a SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/**
 * @param operation for the text of the refusal: `GenerateDataKeyPair`
 * @throws AwsError as {@link encrypt}; UnsupportedOperationException for key pairs that this Node.js cannot make
 */
export async function makeDataKeyPair(
  key: KmsKey,
  operation: string,
  spec: DataKeyPairSpec,
  context: EncryptionContext | undefined,
): Promise<DataKeyPair> {
  checkDataKeyParent(key, operation);
  usableKey(key);
  const material = await createMaterial(spec);
  return {
    privateKey: material.secret,
    publicKey: publicKeyInfo(material),
    ...encrypt(key, operation, material.secret, context, defaultAlgorithm),
  };
}
