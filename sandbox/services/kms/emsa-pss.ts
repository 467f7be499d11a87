/**
 * EMSA-PSS of RFC 8017, section 9.1, for a message that comes as its digest, which Node's crypto does not take.
 * The salt is as long as the digest, and the mask is made with the same hash ("Key spec reference" of the KMS
 * developer guide).
 */
import { createHash, randomBytes } from 'node:crypto';

const trailer = 0xbc;

/**
 * @param hash Node's name: `sha256`
 * @param emBits one less than the bits of the modulus; the length of the result, rounded up to bytes
 */
export function encodePss(digest: Uint8Array, hash: string, emBits: number): Buffer {
  const salt = randomBytes(digest.length);
  const seed = saltedDigest(digest, salt, hash);
  const db = Buffer.alloc(Math.ceil(emBits / 8) - seed.length - 1);
  db[db.length - salt.length - 1] = 1;
  salt.copy(db, db.length - salt.length);
  return Buffer.concat([mask(db, seed, hash, emBits), seed, Buffer.of(trailer)]);
}

/** Whether an encoded message is one for this digest. */
export function verifyPss(encoded: Buffer, digest: Uint8Array, hash: string, emBits: number): boolean {
  const seedAt = encoded.length - digest.length - 1;
  const masked = encoded.subarray(0, seedAt);
  const seed = encoded.subarray(seedAt, -1);
  if (encoded.length !== Math.ceil(emBits / 8) || encoded.at(-1) !== trailer) return false;
  if ((masked[0] ?? 0) > firstByteMask(emBits)) return false;
  const db = mask(masked, seed, hash, emBits);
  const saltAt = db.length - digest.length;
  const padding = db.subarray(0, saltAt);
  if (!padding.equals(Buffer.concat([Buffer.alloc(saltAt - 1), Buffer.of(1)]))) return false;
  return saltedDigest(digest, db.subarray(saltAt), hash).equals(seed);
}

function saltedDigest(digest: Uint8Array, salt: Uint8Array, hash: string): Buffer {
  return createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** Puts the mask of MGF1 (RFC 8017, appendix B.2.1) on, or takes it off; bits beyond `emBits` are cleared. */
function mask(bytes: Buffer, seed: Buffer, hash: string, emBits: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0; counter * seed.length < bytes.length; counter += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    parts.push(createHash(hash).update(seed).update(number).digest());
  }
  const stream = Buffer.concat(parts);
  const masked = Buffer.from(bytes.map((byte, index) => byte ^ (stream[index] ?? 0)));
  masked[0] = (masked[0] ?? 0) & firstByteMask(emBits);
  return masked;
}

/** The bits that the first byte may have set. */
function firstByteMask(emBits: number): number {
  const unused = 8 * Math.ceil(emBits / 8) - emBits;
  return 0xff >> unused;
}
