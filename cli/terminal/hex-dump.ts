/** Bytes as rows of text, as `hexdump -C` and `xxd` show them. */

/** Columns of one row. */
export function hexRowWidth(bytesPerRow: number): number {
  return 4 + 2 + 3 * bytesPerRow - 1 + 2 + bytesPerRow;
}

/** `0010  6c 61 62 0a              lab.`, every row as wide as {@link hexRowWidth}. */
export function hexRows(bytes: Uint8Array, bytesPerRow: number): string[] {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerRow) {
    const row = bytes.subarray(at, at + bytesPerRow);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    const offset = at.toString(16).padStart(4, '0');
    rows.push(`${offset}  ${hex.padEnd(3 * bytesPerRow - 1)}  ${text.join('').padEnd(bytesPerRow)}`);
  }
  return rows;
}
