import type { SandboxAccount } from '../../../account.ts';
import { AwsError } from '../../../aws-error.ts';
import type { ItemAtRest } from '../data-plane.ts';
import { openKeyChain } from './key-chain.ts';
import { SealingKey } from './sealing-key.ts';
import { keyInForce, keysInForce, kmsKeyOf } from './table-encryption.ts';

/**
 * The items of a table as the store holds them, each with its plaintext if the table's key can be used. Nobody's
 * permission is asked: this is the look of someone who has the storage in their hands. Undefined if there is no such
 * table.
 */
export function itemsAtRest(
  account: SandboxAccount,
  region: string,
  tableName: string,
): ItemAtRest[] | undefined {
  const store = account.dynamodb(region);
  const table = store.table(tableName);
  if (table === undefined) return undefined;
  return store.dataPlane.itemsAtRest(tableName, usableDataKey(account, region, tableName));
}

/** What seals a table's items, as DynamoDB can have it without a caller; undefined if the KMS key cannot be used. */
export function usableDataKey(
  account: SandboxAccount,
  region: string,
  tableName: string,
): SealingKey | undefined {
  const store = account.dynamodb(region);
  const encryption = store.table(tableName)?.encryption;
  if (encryption === undefined) return undefined;
  const inForce = keyInForce(encryption);
  const key = inForce && kmsKeyOf(account, region, inForce);
  if (inForce && !key) return undefined;
  try {
    return new SealingKey(openKeyChain(store, tableName, key, keysInForce(encryption)));
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
