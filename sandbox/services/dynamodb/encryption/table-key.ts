import { authorise } from '../../../authorisation/authorise.ts';
import type { Call } from '../../../call.ts';
import { recordForwardedCall, recordRefusal } from '../../cloudtrail/record-forwarded-call.ts';
import { keyPermission, resolveKey } from '../../kms/keys.ts';
import type { Table } from '../table.ts';
import { openKeyChain } from './key-chain.ts';
import { tableKeyContext } from './key-context.ts';
import { decryptCall } from './kms-calls.ts';
import { askKms } from './kms-error.ts';
import { SealingKey } from './sealing-key.ts';
import { keyInForce, keysInForce } from './table-encryption.ts';

/** By table name: the keys that seal the items of the tables that a request is about, for as long as it runs. */
export type TableKeys = ReadonlyMap<string, SealingKey>;

/** The keys of all tables that a request is about. @throws AwsError as {@link openTableKey} */
export function openTableKeys(call: Call, tables: readonly Table[]): TableKeys {
  return new Map(tables.map((table) => [table.name, openTableKey(call, table)]));
}

/**
 * Lets the caller have the plaintext table key, which every read, write and delete of items needs: DynamoDB asks
 * KMS to decrypt it with the caller's identity (page "DynamoDB encryption at rest: Usage notes"). Under the key
 * that AWS owns nobody is asked; the key that AWS manages is asked like any other, and its policy says yes.
 *
 * The one place where that question is asked: each time, unless the store's cache has the answer that the caller got
 * before.
 *
 * @throws AwsError as {@link askKms}
 */
function openTableKey(call: Call, table: Table): SealingKey {
  const store = call.account.dynamodb(call.region);
  const keys = keysInForce(table.encryption);
  const tableKey = keyInForce(table.encryption);
  if (tableKey === undefined) return new SealingKey(openKeyChain(store, table.name, undefined, keys));
  const decrypt = decryptCall(call, table.name, tableKey.arn);
  const cached = store.tableKeyCache.find(call, table);
  if (cached) {
    const { invokedBy, keyArn } = decrypt;
    call.forwarded.push({ call: 'kms:Decrypt', invokedBy, keyArn, asService: false, remembered: true });
    return cached;
  }
  const opened = askKms(() =>
    recordRefusal(call, decrypt, () => {
      const key = resolveKey(call, tableKey.arn, 'kms:Decrypt');
      authorise(call, keyPermission(key, 'kms:Decrypt', tableKeyContext(call, table.name)));
      return new SealingKey(openKeyChain(store, table.name, key, keys));
    }),
  );
  recordForwardedCall(call, decrypt);
  store.tableKeyCache.hold(call, table, opened);
  return opened;
}
