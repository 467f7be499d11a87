import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { settle } from './settle.ts';
import { type Table, tableStatus } from './table.ts';
import type { TableReference } from './table-reference.ts';

/** The table, settled, if the caller's account has it in this Region. */
export function lookUpTable(call: Call, reference: TableReference): Table | undefined {
  const store = call.account.dynamodb(call.region);
  const table = store.table(reference.name);
  // An ARN may name another account or Region, where this store has nothing.
  if (table?.arn !== reference.arn) return undefined;
  settle(call, table);
  return store.table(reference.name);
}

/** For the control plane. @throws AwsError ResourceNotFoundException */
export function findTable(call: Call, reference: TableReference): Table {
  const table = lookUpTable(call, reference);
  if (table) return table;
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${reference.name} not found`,
  );
}

/**
 * For the data plane, which knows no table that is CREATING or DELETING. A table that is shown as inaccessible is judged
 * by its key alone: once the key works again, so do reads, before the status is ACTIVE (DDB-TABLE-330).
 *
 * @throws AwsError ResourceNotFoundException
 */
export function findUsableTable(call: Call, reference: TableReference): Table {
  const table = lookUpTable(call, reference);
  const status = table && tableStatus(table);
  if (table && status !== 'CREATING' && status !== 'DELETING') return table;
  throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

/** For operations that change a table. @throws AwsError ResourceNotFoundException, ResourceInUseException */
export function findChangeableTable(call: Call, reference: TableReference): Table {
  const table = findTable(call, reference);
  const status = tableStatus(table);
  if (status === 'CREATING') throw tableInUse(`Table is being created: ${table.name}`);
  if (status === 'DELETING') throw tableInUse(`Table is being deleted: ${table.name}`);
  return table;
}

/** Texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-444). */
export function tableInUse(why: string): AwsError {
  return new AwsError('ResourceInUseException', `Attempt to change a resource which is still in use: ${why}`);
}
