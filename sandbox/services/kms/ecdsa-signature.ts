/**
 * ECDSA signatures as KMS gives and takes them: the DER of `SEQUENCE { r INTEGER, s INTEGER }` (ANSI X9.62, RFC 3279
 * section 2.2.3; description of Sign's Signature in the SDK's model).
 */

export interface EcdsaSignature {
  readonly r: bigint;
  readonly s: bigint;
}

const sequenceTag = 0x30;
const integerTag = 0x02;

export function writeEcdsaSignature({ r, s }: EcdsaSignature): Buffer {
  return element(sequenceTag, Buffer.concat([integer(r), integer(s)]));
}

/** The two numbers, or undefined for anything but the one encoding that DER has for them. */
export function readEcdsaSignature(bytes: Uint8Array): EcdsaSignature | undefined {
  const all = Buffer.from(bytes);
  const sequence = readElement(all, sequenceTag);
  const first = sequence && readElement(sequence.content, integerTag);
  const second = first && readElement(first.rest, integerTag);
  if (!second || first.content.length === 0 || second.content.length === 0) return undefined;
  const signature = { r: toNumber(first.content), s: toNumber(second.content) };
  return writeEcdsaSignature(signature).equals(all) ? signature : undefined;
}

/** What an element holds, and what comes after it. */
function readElement(bytes: Buffer, tag: number): { content: Buffer; rest: Buffer } | undefined {
  const [found, first = 0x80, second = 0] = bytes;
  if (found !== tag) return undefined;
  // Lengths over 127 are written in one byte more; longer ones than 255 do not occur in these signatures.
  const long = first === 0x81;
  if (first > 0x7f && !long) return undefined;
  const start = long ? 3 : 2;
  const end = start + (long ? second : first);
  return end > bytes.length ? undefined : { content: bytes.subarray(start, end), rest: bytes.subarray(end) };
}

function element(tag: number, content: Buffer): Buffer {
  const length = content.length > 0x7f ? [0x81, content.length] : [content.length];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

/** A number that is not negative; its first bit is the sign, so a byte 0 may go first. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return element(integerTag, (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}
