/** Encryption contexts as additional authenticated data. */

export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * The same bytes for the same pairs in whatever order, and different bytes for any other context: each pair in the
 * order of its key's bytes, key and value in UTF-8, each after its length in four bytes. Empty for no pairs.
 */
export function canonicalContext(context: EncryptionContext = {}): Buffer {
  const pairs = Object.entries(context).map(
    ([key, value]) => [Buffer.from(key), Buffer.from(value)] as const,
  );
  pairs.sort(([a], [b]) => Buffer.compare(a, b));
  return Buffer.concat(pairs.flat().flatMap((bytes) => [length(bytes), bytes]));
}

function length(bytes: Buffer): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(bytes.length);
  return field;
}
