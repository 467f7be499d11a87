/**
 * The keys between a KMS key and the items of a table; page "DynamoDB encryption at rest: Usage notes". DynamoDB makes
 * a table key with the KMS key of the table; under the table key lies the data encryption key that seals the items.
 * "If you change the KMS key for your table, DynamoDB generates a new table key. Then, it uses the new table key to
 * re-encrypt the data encryption keys": the items stay as they are.
 *
 * AWS has a data encryption key for each structure underlying a table; here a table and its indexes have one.
 */
import { randomBytes } from 'node:crypto';
import { decrypt, defaultAlgorithm } from '../../kms/cipher.ts';
import { makeDataKey } from '../../kms/data-key.ts';
import type { KmsKey } from '../../kms/kms-key.ts';
import type { DynamoDbStore } from '../store.ts';
import { tableContext } from './key-context.ts';
import { SealingKey } from './sealing-key.ts';

/** As it is stored: nothing of it opens without the KMS key. */
export interface KeyChain {
  /** Under the KMS key, or the one that AWS owns. */
  readonly tableKey: Uint8Array;
  /** Under the table key. */
  readonly dataKey: Uint8Array;
}

/**
 * A new table key over a data encryption key.
 *
 * @param key of KMS; undefined for the one that AWS owns
 * @param dataKey in plaintext; a new one for a new table
 * @throws AwsError of KMS
 */
export function makeKeyChain(
  store: DynamoDbStore,
  tableName: string,
  key: KmsKey | undefined,
  dataKey: Uint8Array = randomBytes(32),
): KeyChain {
  const { plaintext, ciphertext } = makeTableKey(store, tableName, key);
  return { tableKey: ciphertext, dataKey: new SealingKey(plaintext).seal(dataKey, tableName) };
}

/** The data encryption key in plaintext. @throws AwsError of KMS, for a key that cannot be used */
export function openKeyChain(
  store: DynamoDbStore,
  tableName: string,
  key: KmsKey | undefined,
  chain: KeyChain,
): Uint8Array {
  const tableKey = openTableKey(store, tableName, key, chain.tableKey);
  return new SealingKey(tableKey).open(chain.dataKey, tableName);
}

function makeTableKey(store: DynamoDbStore, tableName: string, key: KmsKey | undefined) {
  if (key === undefined) {
    const plaintext = randomBytes(32);
    return { plaintext, ciphertext: new SealingKey(store.ownedKey).seal(plaintext, tableName) };
  }
  const EncryptionContext = tableContext(store.accountId, tableName);
  return makeDataKey(key, 'GenerateDataKey', { KeySpec: 'AES_256', EncryptionContext });
}

function openTableKey(
  store: DynamoDbStore,
  tableName: string,
  key: KmsKey | undefined,
  ciphertext: Uint8Array,
): Uint8Array {
  if (key === undefined) return new SealingKey(store.ownedKey).open(ciphertext, tableName);
  return decrypt(key, 'Decrypt', {
    ciphertext,
    keyIdentifier: key.arn,
    context: tableContext(store.accountId, tableName),
    algorithm: defaultAlgorithm,
  }).plaintext;
}
