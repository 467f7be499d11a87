/** AES-256-GCM under a key of DynamoDB's own: what lies in the store lies there sealed. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

export class SealingKey {
  readonly #key: KeyObject;

  /** @param secret 32 bytes */
  constructor(secret: Uint8Array) {
    this.#key = createSecretKey(secret);
  }

  /**
   * Initialisation vector, tag and ciphertext.
   *
   * @param place where the bytes will lie; they open nowhere else
   */
  seal(plaintext: Uint8Array, place: string): Buffer {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv(algorithm, this.#key, iv, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(place));
    const encrypted = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
  }

  /** @throws Error for bytes that were changed, moved, or sealed with another key */
  open(sealed: Uint8Array, place: string): Buffer {
    const tagAt = ivLength + tagLength;
    const decipher = createDecipheriv(algorithm, this.#key, sealed.subarray(0, ivLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(ivLength, tagAt));
    const plaintext = decipher.update(sealed.subarray(tagAt));
    decipher.final();
    return plaintext;
  }
}
