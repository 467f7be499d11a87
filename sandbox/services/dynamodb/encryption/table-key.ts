import { authorise } from '../../../authorise.ts';
import type { Call } from '../../../call.ts';
import { keyPermission, resolveKey, usableKey } from '../../kms/keys.ts';
import type { Table } from '../table.ts';
import { tableKeyContext } from './key-context.ts';
import { askKms } from './kms-error.ts';
import { keyInForce } from './table-encryption.ts';

/**
 * Lets the caller have the plaintext table key, which every read, write and delete of items needs: DynamoDB asks
 * KMS to decrypt it with the caller's identity (page "DynamoDB encryption at rest: Usage notes"). Under the key
 * that AWS owns nobody is asked; the key that AWS manages is asked like any other, and its policy says yes.
 *
 * The one place where that question is asked. AWS keeps the answer for about five minutes per caller; the sandbox
 * asks each time.
 *
 * @throws AwsError as {@link askKms}
 */
export function openTableKey(call: Call, table: Table): void {
  const tableKey = keyInForce(table.encryption);
  if (tableKey === undefined) return;
  askKms(() => {
    const key = resolveKey(call, tableKey.arn, 'kms:Decrypt');
    authorise(call, keyPermission(key, 'kms:Decrypt', tableKeyContext(call, table.name)));
    usableKey(key);
  });
}
