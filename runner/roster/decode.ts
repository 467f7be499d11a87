/** From the bytes of a roster to its text: UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them. */

const maxBytes = 16 * 1024 * 1024;

/** A file that is no text that could be a roster. The message says what it is and what to do. */
export class NotAText extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAText';
  }
}

/** @throws NotAText */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > maxBytes) throw new NotAText('It is larger than 16 MiB, which no roster is.');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new NotAText('It is a spreadsheet, not CSV. Save it as "CSV UTF-8 (Comma delimited)".');
  }
  const encoding = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : 'utf-8';
  if (encoding === 'utf-8' && (bytes[0] === 0 || bytes[1] === 0)) {
    throw new NotAText(
      'It begins with a null byte: UTF-16 without a byte order mark, or no text. Save it as UTF-8.',
    );
  }
  try {
    // The decoder takes the byte order mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new NotAText(
      encoding === 'utf-8'
        ? `It is not UTF-8: line ${lineOfFault(bytes)} has a byte that begins no character. Save it as "CSV UTF-8 (Comma delimited)".`
        : 'It begins like UTF-16 and goes on otherwise. Save it as UTF-8.',
    );
  }
}

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** No character of UTF-8 but the line feed holds its byte, so that lines can be judged one by one. */
function lineOfFault(bytes: Uint8Array): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, at);
    const next = end === -1 ? bytes.length : end + 1;
    try {
      strict.decode(bytes.subarray(at, next));
    } catch {
      return line;
    }
    at = next;
  }
  return line;
}
