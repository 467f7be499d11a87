/** Texts that clients hand back as they were given them: markers of pages, grant tokens. */

/** @param content whatever JSON can say */
export function writeToken(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64');
}

/** The content of a token, of whatever shape; undefined for a text that none was written as. */
export function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
