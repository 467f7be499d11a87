/**
 * ECDSA (FIPS 186-5, section 6) over a message that comes as its digest. Node's crypto hashes whatever it signs, so
 * the arithmetic is done here, and the multiplication of points by its ECDH.
 */
import { createECDH, type KeyObject } from 'node:crypto';
import { readEcdsaSignature, writeEcdsaSignature } from './ecdsa-signature.ts';

/** Orders of the base points by OpenSSL's curve names: SP 800-186, and SEC 2 for secp256k1. */
const orders: Readonly<Record<string, bigint>> = {
  prime256v1: BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  secp384r1: BigInt(
    '0xffffffffffffffffffffffffffffffffffffffffffffffff' + 'c7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ),
  secp521r1: BigInt(
    '0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa' +
      '51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
  ),
  secp256k1: BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
};

interface Signer {
  readonly curve: string;
  readonly order: bigint;
  readonly secret: bigint;
}

/** @param digest no longer than the order of the curve, as each of KMS's algorithms has it */
export function signDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const { curve, order, secret } = signerOf(privateKey);
  for (;;) {
    const nonce = createECDH(curve);
    nonce.generateKeys();
    const r = firstCoordinate(nonce.getPublicKey()) % order;
    const s = (inverse(toNumber(nonce.getPrivateKey()), order) * (toNumber(digest) + r * secret)) % order;
    if (r !== 0n && s !== 0n) return writeEcdsaSignature({ r, s });
  }
}

/**
 * With the private key d at hand, the point (e/s)G + (r/s)Q that decides is one multiple of the base point,
 * ((e + rd)/s)G, because Q = dG.
 */
export function verifyDigest(privateKey: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const read = readEcdsaSignature(signature);
  if (!read) return false;
  const { curve, order, secret } = signerOf(privateKey);
  const { r, s } = read;
  if (r < 1n || r >= order || s < 1n || s >= order) return false;
  const multiple = (inverse(s, order) * (toNumber(digest) + r * secret)) % order;
  return multiple !== 0n && firstCoordinate(pointAt(curve, multiple, order)) % order === r;
}

function signerOf(privateKey: KeyObject): Signer {
  const curve = privateKey.asymmetricKeyDetails?.namedCurve ?? '';
  const order = orders[curve];
  if (order === undefined) throw new Error(`${curve} is not a curve of KMS's ECDSA keys`);
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return { curve, order, secret: toNumber(Buffer.from(d, 'base64url')) };
}

/** A multiple of the base point, uncompressed. */
function pointAt(curve: string, multiple: bigint, order: bigint): Buffer {
  const digits = order.toString(16).length;
  const even = digits + (digits % 2);
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(multiple.toString(16).padStart(even, '0'), 'hex');
  return ecdh.getPublicKey();
}

/** x of an uncompressed point: a byte 4, then x and y, equally long (SEC 1, section 2.3.3). */
function firstCoordinate(point: Buffer): bigint {
  return toNumber(point.subarray(1, 1 + (point.length - 1) / 2));
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** The inverse of a number modulo a prime, by the extended Euclidean algorithm. */
function inverse(value: bigint, prime: bigint): bigint {
  let [a, b] = [prime, value % prime];
  let [x, y] = [0n, 1n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % prime) + prime) % prime;
}
