/**
 * A signed message, shared as an item of a table. Plain DynamoDB, no format of AWS's own; the attributes are these:
 *
 * - `message` (String or Binary): what was signed
 * - `signature` (Binary, or base64 text): as Sign gives it
 * - `algorithm` (String): the signing algorithm, `ECDSA_SHA_256` for instance
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Account } from '../account.ts';
import { Failed, found } from '../expect.ts';
import { bytesIn, decodedIn } from './text-or-bytes.ts';
import type { SignedBytes } from './verify-signature.ts';

/** The calls that {@link readItem} makes. */
export const itemCalls = ['dynamodb:GetItem'] as const;

/** Parameters that say which item is meant. */
export const itemParams = {
  table: z.string().describe('Name of the table.'),
  id: z.string().describe('Value of the partition key, a String.'),
  partitionKey: z.string().default('id').describe('Name of the partition key.'),
};

export type Item = Readonly<Record<string, AttributeValue>>;

/** @throws Failed where there is no table or no such item; CallError */
export async function readItem(
  account: Account<(typeof itemCalls)[number]>,
  { table, id, partitionKey }: { table: string; id: string; partitionKey: string },
): Promise<Item> {
  const { Item: item } = await found(
    account.call('dynamodb:GetItem', {
      TableName: table,
      Key: { [partitionKey]: { S: id } },
      ConsistentRead: true,
    }),
    `There is no table ${table} in ${account.region}.`,
  );
  if (!item) throw new Failed(`${table} holds no item whose ${partitionKey} is "${id}".`);
  return item;
}

/** @param id of the item, for sentences @throws Failed where it lacks something, or holds it in another form */
export function signedIn(item: Item, id: string): SignedBytes {
  const message = bytesIn(attribute(item, id, 'message'));
  if (!message || message.length === 0) {
    throw new Failed(`The attribute message of item ${id} holds no text and no bytes.`);
  }
  const signature = decodedIn(attribute(item, id, 'signature'));
  if (!signature || signature.length === 0) {
    throw new Failed(`The attribute signature of item ${id} holds neither bytes nor base64 text.`, {
      expected: 'a signature as bytes or as base64 text',
    });
  }
  const { S: algorithm } = attribute(item, id, 'algorithm');
  if (algorithm === undefined) throw new Failed(`The attribute algorithm of item ${id} is not a String.`);
  return { message, signature, algorithm: algorithm.trim() };
}

/** @throws Failed where the item lacks it */
export function attribute(item: Item, id: string, name: string): AttributeValue {
  const value = item[name];
  if (!value) {
    throw new Failed(`Item ${id} lacks the attribute ${name}.`, {
      expected: name,
      actual: Object.keys(item).sort(),
    });
  }
  return value;
}
