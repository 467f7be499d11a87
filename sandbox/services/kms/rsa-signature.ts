/** Signatures with RSA keys. Messages go to Node's crypto; digests, which it would hash again, are encoded here. */
import {
  constants,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
} from 'node:crypto';
import { encodePss, verifyPss } from './emsa-pss.ts';
import type { Hash, ToSign } from './signing-algorithms.ts';

/** DigestInfo of PKCS #1 up to the digest itself, by hash: RFC 8017, section 9.2, note 1. */
const digestInfoPrefixes: Readonly<Record<Hash, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

export type RsaPadding = 'pkcs1' | 'pss';

export function signRsa(privateKey: KeyObject, padding: RsaPadding, hash: Hash, what: ToSign): Buffer {
  if (what.type === 'RAW') return sign(hash, what.message, withPadding(privateKey, padding));
  if (padding === 'pkcs1') {
    return privateEncrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
      digestInfo(hash, what.message),
    );
  }
  const encoded = encodePss(what.message, hash, modulusBits(privateKey) - 1);
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
}

export function verifyRsa(
  privateKey: KeyObject,
  padding: RsaPadding,
  hash: Hash,
  what: ToSign,
  signature: Uint8Array,
): boolean {
  const publicKey = createPublicKey(privateKey);
  if (what.type === 'RAW') return verify(hash, what.message, withPadding(publicKey, padding), signature);
  const bits = modulusBits(privateKey);
  // A signature is as long as the modulus; Node's crypto would take a shorter one.
  if (signature.length !== bits / 8) return false;
  try {
    if (padding === 'pkcs1') {
      const opened = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature);
      return opened.equals(digestInfo(hash, what.message));
    }
    const encoded = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature);
    return verifyPss(encoded, what.message, hash, bits - 1);
  } catch {
    // What is no number below the modulus, or has no such padding, is no signature.
    return false;
  }
}

function withPadding(key: KeyObject, padding: RsaPadding) {
  return padding === 'pkcs1'
    ? { key, padding: constants.RSA_PKCS1_PADDING }
    : {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      };
}

function digestInfo(hash: Hash, digest: Uint8Array): Buffer {
  return Buffer.concat([digestInfoPrefixes[hash], digest]);
}

function modulusBits(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}
