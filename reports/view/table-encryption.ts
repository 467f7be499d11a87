/** How a DynamoDB table is encrypted at rest, as `dynamodb:DescribeTable` tells. */
import { telling, type Witness } from '../evidence.ts';
import { asList, objectAt, textAt } from '../json.ts';
import { type CardRow, type KeyCardView, row } from './key-card.ts';

export interface TableEncryptionView {
  readonly name: string;
  /** Names of the table's key attributes, partition key first. */
  readonly keyAttributes: readonly string[];
  /** `alias/nextwork-kms-key`, a key's ARN, or the key that AWS owns. */
  readonly key: string;
  /** Whether the table lies under a key of KMS, so that who reads it is asked for that key as well. */
  readonly underKey: boolean;
  readonly rows: readonly CardRow[];
  readonly witness: Witness;
}

/** The first telling `dynamodb:DescribeTable`; `key` names the table's key when it is the one in use. */
export function tableEncryptionView(
  witnesses: readonly Witness[],
  key: KeyCardView | undefined,
): TableEncryptionView | undefined {
  const witness = telling(
    witnesses,
    ({ call, output }) =>
      call === 'dynamodb:DescribeTable' && textAt(objectAt(output, 'Table'), 'TableName') !== undefined,
  );
  const table = objectAt(witness?.call.output, 'Table');
  const name = textAt(table, 'TableName');
  if (!witness || !table || name === undefined) return undefined;
  const encryption = objectAt(table, 'SSEDescription');
  const keyArn = textAt(encryption, 'KMSMasterKeyArn');
  const keyAttributes = keyAttributesOf(table);
  return {
    name,
    keyAttributes,
    key: keyArn === undefined ? 'an AWS owned key' : keyArn === key?.arn ? key.name : keyArn,
    underKey: keyArn !== undefined,
    rows: [
      ...row('Table', name, true),
      ...row('Status', textAt(table, 'TableStatus')),
      ...row('Primary key', keyAttributes.join(', ') || undefined, true),
      ...row('Encryption at rest', wayOf(encryption, keyArn, key)),
      ...row('Encryption status', textAt(encryption, 'Status')),
      ...row('KMS key', keyArn, true),
    ],
    witness,
  };
}

// Observed on AWS (aws-controllers-k8s/dynamodb-controller, DDB-TABLE-027): a table under an AWS owned key has no
// SSEDescription; AWS managed and customer managed keys look alike in it.
function wayOf(
  encryption: ReturnType<typeof objectAt>,
  keyArn: string | undefined,
  key: KeyCardView | undefined,
): string {
  if (!encryption) return 'AWS owned key, the default of DynamoDB';
  if (keyArn === undefined) return `${textAt(encryption, 'SSEType') ?? 'Server-side'}, key not named yet`;
  return keyArn === key?.arn ? `${key.manager} KMS key, ${key.name}` : 'A KMS key of this account';
}

function keyAttributesOf(table: unknown): string[] {
  const schema = asList((table as { KeySchema?: unknown }).KeySchema);
  const partitionFirst = [...schema].sort((a) => (textAt(a, 'KeyType') === 'HASH' ? -1 : 0));
  return partitionFirst.flatMap((element) => textAt(element, 'AttributeName') ?? []);
}
