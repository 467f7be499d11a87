/**
 * An item that was encrypted before it was stored: the ciphertext, and beside it everything that opening it takes but for
 * the key in KMS. Plain DynamoDB, no format of AWS's own; the attributes are these:
 *
 * - `ciphertext` (Binary): AES-256-CTR under the first 32 bytes of the data key
 * - `iv` (Binary, 16 bytes): the counter block that CTR begins with
 * - `mac` (Binary, 32 bytes): HMAC-SHA-256 under the last 32 bytes of the data key, over `iv` and then `ciphertext`
 * - `data_key` (Binary): the data key of 64 bytes, encrypted under a KMS key
 * - `context` (Map of Strings): the encryption context that it was encrypted with
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Account } from '../account.ts';
import { Failed, found } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';

/** The calls that {@link readEnvelope} makes. */
export const envelopeCalls = ['dynamodb:GetItem'] as const;

/** Parameters that say which item is meant. */
export const itemParams = {
  table: z.string().describe('Name of the table.'),
  id: z.string().describe('Value of the partition key, a String.'),
  partitionKey: z.string().default('id').describe('Name of the partition key.'),
};

/** Describes the parameter of an encryption context. */
export const contextParam = z
  .record(z.string(), z.string())
  .refine((context) => Object.keys(context).length > 0, 'needs at least one pair')
  .describe('The encryption context of the data key: its pairs, all of them.');

export type EncryptionContext = Readonly<Record<string, string>>;

export interface Envelope {
  readonly ciphertext: Uint8Array;
  readonly iv: Uint8Array;
  readonly mac: Uint8Array;
  readonly dataKey: Uint8Array;
  readonly context: EncryptionContext;
}

export type Item = Readonly<Record<string, AttributeValue>>;

interface WhichItem {
  readonly table: string;
  readonly id: string;
  readonly partitionKey: string;
}

/**
 * @throws Failed where there is no table or no such item, or where it is no envelope; NotJudged where a recording does not
 * hold all of it; CallError
 */
export async function readEnvelope(
  account: Account<(typeof envelopeCalls)[number]>,
  { table, id, partitionKey }: WhichItem,
): Promise<{ item: Item; envelope: Envelope }> {
  const { Item: item } = await found(
    account.call('dynamodb:GetItem', {
      TableName: table,
      Key: { [partitionKey]: { S: id } },
      ConsistentRead: true,
    }),
    `There is no table ${table} in ${account.region}.`,
  );
  if (!item) throw new Failed(`${table} holds no item whose ${partitionKey} is "${id}".`);
  // Recordings leave out what is called like a secret (`Plaintext`), and that is where a secret might be.
  const left = Object.keys(item).find((name) => typeof item[name] !== 'object');
  if (left !== undefined)
    throw new NotJudged(
      `The attribute ${left} of item ${id} is not in the recording.`,
      'Check the account itself again.',
    );
  const bytes = (name: string, length?: number) => readBytes(item, id, name, length);
  const envelope = {
    ciphertext: bytes('ciphertext'),
    iv: bytes('iv', 16),
    mac: bytes('mac', 32),
    dataKey: bytes('data_key'),
    context: readContext(item, id),
  };
  return { item, envelope };
}

function readBytes(item: Item, id: string, name: string, length?: number): Uint8Array {
  const bytes = attribute(item, id, name, 'B').B ?? new Uint8Array();
  const twice = decodedOnceMore(bytes);
  if (twice && (length === undefined || twice.length === length)) {
    throw new Failed(
      `The attribute ${name} of item ${id} holds base64 text, as if it had been encoded twice.`,
      {
        expected: length === undefined ? 'bytes' : `${length} bytes`,
        actual: `${bytes.length} characters of base64 for ${twice.length} bytes`,
      },
    );
  }
  if (bytes.length > 0 && (length === undefined || bytes.length === length)) return bytes;
  throw new Failed(`The attribute ${name} of item ${id} has ${bytes.length} bytes.`, {
    expected: length === undefined ? 'at least 1 byte' : `${length} bytes`,
    actual: `${bytes.length} bytes`,
  });
}

function readContext(item: Item, id: string): EncryptionContext {
  const pairs = Object.entries(attribute(item, id, 'context', 'M').M ?? {});
  for (const [name, value] of pairs) {
    if (value.S === undefined)
      throw new Failed(
        `In the context of item ${id}, ${name} is not a String; encryption contexts hold texts only.`,
      );
  }
  return Object.fromEntries(pairs.map(([name, { S = '' }]) => [name, S]));
}

const typeNames: Readonly<Record<string, string>> = {
  B: 'Binary',
  BOOL: 'Boolean',
  L: 'List',
  M: 'Map',
  N: 'Number',
  S: 'String',
};

function attribute(item: Item, id: string, name: string, type: 'B' | 'M'): AttributeValue {
  const value = item[name];
  const wanted = typeNames[type];
  if (!value) throw new Failed(`Item ${id} lacks the attribute ${name} (${wanted}).`);
  if (value[type] !== undefined) return value;
  const [is = ''] = Object.keys(value);
  throw new Failed(`The attribute ${name} of item ${id} is a ${typeNames[is] ?? is}, and not a ${wanted}.`, {
    expected: wanted,
    actual: typeNames[is] ?? is,
  });
}

/** The bytes that base64 text stands for, where these bytes are such text; 24 characters at least, so that it is no chance. */
function decodedOnceMore(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes).toString('latin1').trimEnd();
  const isBase64 = text.length >= 24 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64') : undefined;
}

/** `table=notes, id=1` */
export function contextInWords(context: EncryptionContext): string {
  const pairs = Object.entries(context).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? 'no context' : pairs.sort().join(', ');
}

/** Whether two contexts are the same: their order does not matter, letter case does ("Encryption context", KMS developer guide). */
export function sameContext(a: EncryptionContext, b: EncryptionContext): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
