/** What was signed where it was not the message itself: the slips that are common with KMS, told apart by trying them. */
import { base64 } from './text-or-bytes.ts';
import { digestOf, type PublicKey, type SignedBytes, verifySignature } from './verify-signature.ts';

/** @returns what the signature is of, as a clause; undefined where it is none of these */
export async function signedInstead(key: PublicKey, signed: SignedBytes): Promise<string | undefined> {
  for (const [what, message] of await misreadings(signed)) {
    if (await verifySignature(key, { ...signed, message })) return what;
  }
  return undefined;
}

async function misreadings({ message, algorithm }: SignedBytes): Promise<[string, Uint8Array][]> {
  const digest = Buffer.from(await digestOf(message, algorithm));
  const hex = digest.toString('hex');
  const text = Buffer.from(message).toString('latin1');
  const decoded = base64(text);
  return [
    ['the message with a line break at its end, as `echo` writes one', Buffer.concat([message, newline])],
    ['the message without the line break at its end', Buffer.from(text.replace(/\r?\n$/, ''), 'latin1')],
    ['the digest of the message, taken for the message itself (message type RAW instead of DIGEST)', digest],
    ['the digest of the message in hexadecimal', Buffer.from(hex)],
    ['the digest of the message in hexadecimal, and a line break', Buffer.from(`${hex}\n`)],
    ['the first 4,096 bytes of the message', message.slice(0, 4096)],
    ['the base64 text of the message', Buffer.from(Buffer.from(message).toString('base64'))],
    // Version 2 of the AWS CLI takes text on the command line for base64 ("cli_binary_format", AWS CLI user guide).
    ...(decoded ? [['the message read as base64', decoded] satisfies [string, Uint8Array]] : []),
  ];
}

const newline = Buffer.from('\n');
