/** What an attribute of an item stands for, whether it was stored as text or as bytes: AWS's tools give signatures and keys as base64. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Of a String its UTF-8 bytes, of a Binary its bytes; undefined for anything else. */
export function bytesIn({ S, B }: AttributeValue): Uint8Array | undefined {
  if (S !== undefined) return Buffer.from(S);
  return B;
}

/**
 * The bytes behind base64 text. A Binary may hold the bytes themselves, or base64 text once more: version 1 of the AWS
 * CLI encodes what it is given.
 *
 * @returns undefined for text that is no base64, and for what is neither text nor bytes
 */
export function decodedIn(value: AttributeValue): Uint8Array | undefined {
  const bytes = bytesIn(value);
  if (!bytes) return undefined;
  const decoded = base64(Buffer.from(bytes).toString('latin1'));
  return decoded ?? (value.S === undefined ? bytes : undefined);
}

/** @returns undefined where the text is no base64; line breaks do not matter */
export function base64(text: string): Uint8Array | undefined {
  const plain = text.replaceAll(/\s/g, '');
  const isBase64 = plain.length >= 8 && plain.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(plain);
  return isBase64 ? Buffer.from(plain, 'base64') : undefined;
}
