/**
 * The layout of ciphertexts made with symmetric keys. AWS does not publish its own; like AWS's, this one carries
 * what Decrypt needs to find the key.
 *
 * | offset | length | what                                                      |
 * | ------ | ------ | --------------------------------------------------------- |
 * | 0      | 4      | `LWK` and the version of the layout, 1                    |
 * | 4      | 1      | n, the length of the key id                               |
 * | 5      | n      | key id, ASCII                                             |
 * | 5 + n  | 32     | key material id                                           |
 * | 37 + n | 8      | first bytes of SHA-256 over all before                    |
 * | 45 + n | 12     | initialisation vector of AES-256-GCM                      |
 * | 57 + n | 16     | authentication tag                                        |
 * | 73 + n | rest   | encrypted plaintext, as long as the plaintext             |
 *
 * Everything before the initialisation vector is the header. It is authenticated together with the encryption
 * context; its checksum tells a damaged ciphertext from one whose key is not here.
 */
import { hash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';

const magic = Buffer.from([0x4c, 0x57, 0x4b, 1]);
const materialIdLength = 32;
const checksumLength = 8;
export const ivLength = 12;
export const tagLength = 16;

export interface CiphertextBlob {
  readonly keyId: string;
  /** 64 hex digits */
  readonly materialId: string;
  readonly header: Uint8Array;
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  readonly encrypted: Uint8Array;
}

export function writeHeader(keyId: string, materialId: string): Buffer {
  const id = Buffer.from(keyId, 'ascii');
  const content = Buffer.concat([magic, Buffer.from([id.length]), id, Buffer.from(materialId, 'hex')]);
  return Buffer.concat([content, checksum(content)]);
}

export function writeBlob(blob: Omit<CiphertextBlob, 'keyId' | 'materialId'>): Buffer {
  return Buffer.concat([blob.header, blob.iv, blob.tag, blob.encrypted]);
}

/** @throws AwsError InvalidCiphertextException for anything that is not a whole ciphertext of this layout */
export function readBlob(bytes: Uint8Array): CiphertextBlob {
  const buffer = Buffer.from(bytes);
  const materialAt = magic.length + 1 + (buffer[magic.length] ?? 0);
  const checksumAt = materialAt + materialIdLength;
  const ivAt = checksumAt + checksumLength;
  const tagAt = ivAt + ivLength;
  const encryptedAt = tagAt + tagLength;
  if (
    buffer.length < encryptedAt ||
    !buffer.subarray(0, magic.length).equals(magic) ||
    !buffer.subarray(checksumAt, ivAt).equals(checksum(buffer.subarray(0, checksumAt)))
  ) {
    throw invalidCiphertext();
  }
  return {
    keyId: buffer.toString('ascii', magic.length + 1, materialAt),
    materialId: buffer.toString('hex', materialAt, checksumAt),
    header: buffer.subarray(0, ivAt),
    iv: buffer.subarray(ivAt, tagAt),
    tag: buffer.subarray(tagAt, encryptedAt),
    encrypted: buffer.subarray(encryptedAt),
  };
}

function checksum(content: Uint8Array): Buffer {
  return hash('sha256', content, 'buffer').subarray(0, checksumLength);
}

/** AWS gives no text (recorded by LocalStack's test suite). */
export function invalidCiphertext(): AwsError {
  return new AwsError('InvalidCiphertextException', '');
}
