/** A table as its disk has it: the chain of keys from KMS to the items, the sealed items, and what they say. */
import type { Call } from '../call.ts';
import type { ItemAtRest } from '../services/dynamodb/data-plane.ts';
import { itemsAtRest, usableDataKey } from '../services/dynamodb/encryption/items-at-rest.ts';
import { keyInForce, keysInForce } from '../services/dynamodb/encryption/table-encryption.ts';
import { settle } from '../services/dynamodb/settle.ts';
import { type KeyUser, keyUsers } from './key-users.ts';

/** Bytes are in base64. */
export interface TableAtRest {
  readonly account: string;
  readonly region: string;
  readonly table: string;
  /** The KMS key that wraps the table key; null for the one that AWS owns, which no account sees. */
  readonly kmsKey: KmsKeyAtRest | null;
  /** Whether the items can be read at this moment, by anyone. */
  readonly usable: boolean;
  /** Under the KMS key. */
  readonly tableKey: string;
  /** Under the table key. */
  readonly dataKey: string;
  /** Of the table; `items` may hold fewer. */
  readonly itemCount: number;
  readonly items: readonly {
    readonly key: ItemAtRest['key'];
    /** Absent while the key cannot be used. */
    readonly item?: ItemAtRest['item'];
    /** 12 bytes of initialisation vector, 16 of authentication tag, then the ciphertext. */
    readonly bytes: string;
  }[];
}

interface KmsKeyAtRest {
  readonly arn: string;
  readonly aliases: readonly string[];
  /** `AWS` or `CUSTOMER`; absent for a key that is gone. */
  readonly manager?: string;
  /** As DescribeKey gives it, or `Deleted`. */
  readonly state: string;
  /** When a key that is pending deletion goes. */
  readonly deletionDate?: Date;
  readonly users: readonly KeyUser[];
}

/**
 * The table in the account and Region of the call, undefined if it is not there.
 *
 * @param call of the account's root; nobody's permission is asked
 * @param limit items at most
 */
export function tableAtRest(call: Call, tableName: string, limit: number): TableAtRest | undefined {
  const { account, region } = call;
  const store = account.dynamodb(region);
  const unsettled = store.table(tableName);
  if (unsettled) settle(call, unsettled);
  const table = store.table(tableName);
  const items = table && itemsAtRest(account, region, tableName);
  if (!table || !items) return undefined;
  const inForce = keyInForce(table.encryption);
  const { tableKey, dataKey } = keysInForce(table.encryption);
  return {
    account: account.id,
    region,
    table: table.name,
    kmsKey: inForce ? kmsKeyAtRest(call, tableName, inForce.arn) : null,
    usable: usableDataKey(account, region, tableName) !== undefined,
    tableKey: base64(tableKey),
    dataKey: base64(dataKey),
    itemCount: items.length,
    items: items.slice(0, limit).map(({ bytes, ...rest }) => ({ ...rest, bytes: base64(bytes) })),
  };
}

function kmsKeyAtRest(call: Call, tableName: string, arn: string): KmsKeyAtRest {
  const key = call.account.kms(call.region).key(arn.slice(arn.lastIndexOf('/') + 1));
  if (!key) return { arn, aliases: [], state: 'Deleted', users: [] };
  return {
    arn,
    aliases: key.aliases.map(({ name }) => name),
    manager: key.keyManager,
    state: key.state,
    ...(key.deletionDate && { deletionDate: key.deletionDate }),
    users: keyUsers(call, tableName, key),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
