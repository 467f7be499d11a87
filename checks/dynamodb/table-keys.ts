/** A table's keys, and requests that name items by them. */
import type { AttributeValue, KeyType } from '@aws-sdk/client-dynamodb';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import { harmlessDelete } from './harmless-delete.ts';

export interface KeyedTable {
  readonly name: string;
  readonly arn: string;
  /** Names of attributes. */
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
  /** `S`, `N` or `B` by attribute. */
  readonly types: Readonly<Record<string, string>>;
}

/** @throws Failed when there is no such table; CallError */
export async function describedTable(
  account: Account<'dynamodb:DescribeTable'>,
  name: string,
): Promise<KeyedTable> {
  const { Table } = await found(
    account.call('dynamodb:DescribeTable', { TableName: name }),
    `There is no table ${name} in ${account.region}.`,
  );
  const keyOf = (type: KeyType) => Table?.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const definitions = Table?.AttributeDefinitions ?? [];
  return {
    name,
    arn: Table?.TableArn ?? '',
    partitionKey: keyOf('HASH') ?? '',
    sortKey: keyOf('RANGE'),
    types: Object.fromEntries(
      definitions.map(({ AttributeName = '', AttributeType = 'S' }) => [AttributeName, AttributeType]),
    ),
  };
}

/** The items under one partition key, 25 at most. */
export function partitionQuery({ name, partitionKey, types }: KeyedTable, partition: string) {
  return {
    TableName: name,
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': partitionKey },
    ExpressionAttributeValues: { ':value': keyValue(types[partitionKey], partition) },
    Limit: 25,
  };
}

/** Asks to delete an item under the partition key in a way that deletes none. */
export function partitionDelete({ name, partitionKey, sortKey, types }: KeyedTable, partition: string) {
  return harmlessDelete(name, partitionKey, {
    [partitionKey]: keyValue(types[partitionKey], partition),
    // Which item is meant does not matter: there need be none.
    ...(sortKey !== undefined && { [sortKey]: keyValue(types[sortKey], '0') }),
  });
}

function keyValue(type: string | undefined, text: string): AttributeValue {
  if (type === 'N') return { N: text };
  return type === 'B' ? { B: new TextEncoder().encode(text) } : { S: text };
}
