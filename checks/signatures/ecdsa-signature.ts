/** ECDSA signatures in two forms: KMS and OpenSSL write DER, Web Cryptography reads the two numbers in a row. */

/**
 * "DER-encoded object as defined by ANSI X9.62-2005 and RFC 3279 Section 2.2.3" (Sign, KMS API reference): a SEQUENCE of the
 * two INTEGERs r and s.
 *
 * @param size of one number in bytes: 32 for P-256
 * @returns r and s in a row, each of that size; undefined where it is no such signature
 */
export function fromDer(signature: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
  const sequence = element(signature, 0, 0x30);
  if (!sequence || sequence.end !== signature.length) return undefined;
  const r = element(signature, sequence.start, 0x02);
  const s = r && element(signature, r.end, 0x02);
  if (!s || s.end !== sequence.end) return undefined;
  const numbers = [r, s].map(({ start, end }) => withoutZeros(signature.subarray(start, end)));
  if (numbers.some((number) => number.length > size)) return undefined;
  const joined = new Uint8Array(2 * size);
  for (const [at, number] of numbers.entries()) joined.set(number, (at + 1) * size - number.length);
  return joined;
}

/** Where the content of an element begins and ends. The lengths of signatures take one byte, or two for P-521. */
function element(bytes: Uint8Array, at: number, tag: number): { start: number; end: number } | undefined {
  if (bytes[at] !== tag) return undefined;
  const first = bytes[at + 1] ?? 0;
  const isLong = first === 0x81;
  if (first > 0x81) return undefined;
  const length = isLong ? (bytes[at + 2] ?? 0) : first;
  const start = at + (isLong ? 3 : 2);
  const end = start + length;
  return end <= bytes.length ? { start, end } : undefined;
}

function withoutZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  return first === -1 ? number.subarray(number.length) : number.subarray(first);
}
