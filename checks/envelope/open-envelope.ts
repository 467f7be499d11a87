/** Opens an envelope with its data key. Only what came of it is told, never what was inside, nor the key. */
import { decryptAesCtr, hmacSha256, sameBytes } from './cryptography.ts';
import type { Envelope } from './read-envelope.ts';

/** Half of it encrypts, the other half authenticates. */
export const dataKeyBytes = 64;

export interface Opened {
  /** ARN of the KMS key that the data key was encrypted under. */
  readonly keyArn: string;
  /** Length of the data key. */
  readonly keyBytes: number;
  /** Under which part of the data key the ciphertext gives the text that was asked about. */
  readonly text: 'with the first half' | 'with the last half' | 'not at all';
  /** How the message authentication code was made. */
  readonly mac: MacKind | 'unknown';
}

/** The right way first, then those that learners take by mistake. */
type MacKind =
  | 'right'
  | 'over the ciphertext alone'
  | 'over the ciphertext and then the iv'
  | 'over the plain text'
  | 'with the first half of the data key'
  | 'with the whole data key'
  | 'with the hexadecimal digits of the key as the key';

export interface Given extends Pick<Envelope, 'ciphertext' | 'iv' | 'mac'> {
  /** The text that should be inside. A newline after it is no difference. */
  readonly expected: string;
}

export async function openEnvelope(
  { KeyId: keyArn = '', Plaintext: dataKey = new Uint8Array() }: { KeyId?: string; Plaintext?: Uint8Array },
  { ciphertext, iv, mac, expected }: Given,
): Promise<Opened> {
  if (dataKey.length !== dataKeyBytes)
    return { keyArn, keyBytes: dataKey.length, text: 'not at all', mac: 'unknown' };
  const first = dataKey.subarray(0, 32);
  const last = dataKey.subarray(32);
  const inside = await decryptAesCtr(first, iv, ciphertext);
  const holds = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/\r?\n$/, '') === expected;
  const swapped = holds(inside) ? inside : await decryptAesCtr(last, iv, ciphertext);
  const ways: readonly (readonly [MacKind, Uint8Array, readonly Uint8Array[]])[] = [
    ['right', last, [iv, ciphertext]],
    ['over the ciphertext alone', last, [ciphertext]],
    ['over the ciphertext and then the iv', last, [ciphertext, iv]],
    ['over the plain text', last, [inside]],
    ['with the first half of the data key', first, [iv, ciphertext]],
    ['with the whole data key', dataKey, [iv, ciphertext]],
    [
      'with the hexadecimal digits of the key as the key',
      Buffer.from(Buffer.from(last).toString('hex')),
      [iv, ciphertext],
    ],
  ];
  let kind: Opened['mac'] = 'unknown';
  for (const [name, key, parts] of ways) {
    if (!sameBytes(await hmacSha256(key, parts), mac)) continue;
    kind = name;
    break;
  }
  return {
    keyArn,
    keyBytes: dataKey.length,
    text: holds(inside) ? 'with the first half' : holds(swapped) ? 'with the last half' : 'not at all',
    mac: kind,
  };
}
