/** The key pair of an RSA or elliptic curve key, as Node's crypto takes it. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { currentMaterial } from './key-material.ts';
import type { KeyMaterial, KmsKey } from './kms-key.ts';

/** The private key. The key must have material: see usableKey. */
export function privateKeyOf(key: KmsKey): KeyObject {
  return privateKeyIn(currentMaterial(key));
}

/** DER of the SubjectPublicKeyInfo (RFC 5280) of a key pair's material. */
export function publicKeyInfo(material: KeyMaterial): Buffer {
  return createPublicKey(privateKeyIn(material)).export({ format: 'der', type: 'spki' });
}

function privateKeyIn(material: KeyMaterial): KeyObject {
  return createPrivateKey({ key: Buffer.from(material.secret), format: 'der', type: 'pkcs8' });
}
