/**
 * What each key spec can be used for and by which algorithms, as the page "Key spec reference" of the KMS
 * developer guide and the description of CreateKey's KeyUsage in the SDK's model give it.
 */
import type {
  EncapsulationAlgorithmSpec,
  EncryptionAlgorithmSpec,
  KeyAgreementAlgorithmSpec,
  KeyMetadata,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';

/** Algorithms by key usage; a usage that is not there is not possible with the spec. */
interface SpecAlgorithms {
  readonly ENCRYPT_DECRYPT?: readonly EncryptionAlgorithmSpec[];
  readonly SIGN_VERIFY?: readonly SigningAlgorithmSpec[];
  readonly GENERATE_VERIFY_MAC?: readonly MacAlgorithmSpec[];
  readonly KEY_AGREEMENT?: readonly KeyAgreementAlgorithmSpec[];
  readonly ENCAPSULATE_DECAPSULATE?: readonly EncapsulationAlgorithmSpec[];
}

const rsa: SpecAlgorithms = {
  ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  SIGN_VERIFY: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
};
const mlDsa: SpecAlgorithms = { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] };
const mlKem: SpecAlgorithms = { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] };

const algorithms: Readonly<Record<KeySpec, SpecAlgorithms>> = {
  SYMMETRIC_DEFAULT: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: { SIGN_VERIFY: ['ECDSA_SHA_256'], KEY_AGREEMENT: ['ECDH'] },
  ECC_NIST_P384: { SIGN_VERIFY: ['ECDSA_SHA_384'], KEY_AGREEMENT: ['ECDH'] },
  ECC_NIST_P521: { SIGN_VERIFY: ['ECDSA_SHA_512'], KEY_AGREEMENT: ['ECDH'] },
  ECC_SECG_P256K1: { SIGN_VERIFY: ['ECDSA_SHA_256'] },
  ECC_NIST_EDWARDS25519: { SIGN_VERIFY: ['ED25519_PH_SHA_512', 'ED25519_SHA_512'] },
  HMAC_224: { GENERATE_VERIFY_MAC: ['HMAC_SHA_224'] },
  HMAC_256: { GENERATE_VERIFY_MAC: ['HMAC_SHA_256'] },
  HMAC_384: { GENERATE_VERIFY_MAC: ['HMAC_SHA_384'] },
  HMAC_512: { GENERATE_VERIFY_MAC: ['HMAC_SHA_512'] },
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
  ML_KEM_512: mlKem,
  ML_KEM_768: mlKem,
  ML_KEM_1024: mlKem,
  SM2: { ENCRYPT_DECRYPT: ['SM2PKE'], SIGN_VERIFY: ['SM2DSA'], KEY_AGREEMENT: ['ECDH'] },
};

export function allowsUsage(keySpec: KeySpec, keyUsage: KeyUsageType): boolean {
  return algorithms[keySpec][keyUsage] !== undefined;
}

export function allowsAlgorithm(keySpec: KeySpec, keyUsage: KeyUsageType, algorithm: string): boolean {
  const possible: readonly string[] = algorithms[keySpec][keyUsage] ?? [];
  return possible.includes(algorithm);
}

/** Whether a key of this spec has a public key: all but symmetric encryption and HMAC keys. */
export function hasKeyPair(keySpec: KeySpec): boolean {
  return keySpec !== 'SYMMETRIC_DEFAULT' && algorithms[keySpec].GENERATE_VERIFY_MAC === undefined;
}

/** The lists that KeyMetadata and GetPublicKey's answer carry for a key: only those of its usage. */
export function algorithmLists(keySpec: KeySpec, keyUsage: KeyUsageType): Partial<KeyMetadata> {
  const spec = algorithms[keySpec];
  switch (keyUsage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: [...(spec.ENCRYPT_DECRYPT ?? [])] };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: [...(spec.SIGN_VERIFY ?? [])] };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [...(spec.GENERATE_VERIFY_MAC ?? [])] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: [...(spec.KEY_AGREEMENT ?? [])] };
    case 'ENCAPSULATE_DECAPSULATE':
      return { EncapsulationAlgorithms: [...(spec.ENCAPSULATE_DECAPSULATE ?? [])] };
  }
}
