/** The table that the benchmarks read: on the sandbox under a customer managed key. */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { KMS } from '@aws-sdk/client-kms';
import { jsonBytes } from './lean-client.ts';
import type { Access } from './servers.ts';

export const TableName = 'bench-table';
const items = 100;

export function keyOf(index: number): { id: { S: string } } {
  return { id: { S: `item-${index % items}` } };
}

export function sdkConfig({ url, credentials }: Access) {
  return { endpoint: url, region: 'us-east-1', credentials };
}

export async function makeKey(server: Access): Promise<string> {
  const kms = new KMS(sdkConfig(server));
  const { KeyMetadata } = await kms.createKey({ Description: 'For the benchmarks' });
  kms.destroy();
  return KeyMetadata?.KeyId ?? '';
}

/** Makes the table with its items; under the key where one is given. */
export async function makeTable(server: Access, KMSMasterKeyId?: string): Promise<void> {
  const client = new DynamoDB(sdkConfig(server));
  await client.createTable({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...(KMSMasterKeyId && { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId } }),
  });
  for (let status: string | undefined; status !== 'ACTIVE'; ) {
    status = (await client.describeTable({ TableName })).Table?.TableStatus;
  }
  for (let index = 0; index < items; index++) {
    const Item = { ...keyOf(index), title: { S: 'A line of text' }, count: { N: String(index) } };
    await client.putItem({ TableName, Item });
  }
  client.destroy();
}

/** GetItem for each item of the table, signed. */
export function signedReads(server: Access): Buffer[] {
  return Array.from({ length: items }, (_, index) =>
    jsonBytes(server, 'dynamodb', 'DynamoDB_20120810.GetItem', { TableName, Key: keyOf(index) }),
  );
}
