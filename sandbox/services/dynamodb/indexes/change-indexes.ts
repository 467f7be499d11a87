/** Carries out GlobalSecondaryIndexUpdates. Texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-442, -444). */
import type { BillingMode, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import { invalid } from '../constraints.ts';
import { usableDataKey } from '../encryption/items-at-rest.ts';
import { tableInUse } from '../find-table.ts';
import type { Table, Throughput } from '../table.ts';
import { findIndex } from '../table-index.ts';
import { indexesIn, indexStatus, isBackfilling } from './index-change.ts';
import { definitionWithIndex } from './new-index.ts';
import { type IndexUpdate, oneAtATime } from './read-index-updates.ts';
import { setThroughput } from './settle-indexes.ts';

/**
 * Checks the changes.
 *
 * @returns begins them all, once everything else of the request is checked too
 * @throws AwsError
 */
export function prepareIndexChanges(
  call: Call,
  table: Table,
  updates: readonly IndexUpdate[],
  input: UpdateTableInput,
): () => void {
  const mode = input.BillingMode ?? table.billingMode;
  const begun = updates.map((update) => {
    if (update.kind === 'Create') return prepareCreation(call, table, update, input);
    if (update.kind === 'Delete') return prepareDeletion(call, table, update.name);
    return prepareThroughput(call, table, update, mode);
  });
  return () => {
    for (const begin of begun) begin();
  };
}

function prepareCreation(
  call: Call,
  table: Table,
  { name, index }: IndexUpdate & { kind: 'Create' },
  { AttributeDefinitions }: UpdateTableInput,
): () => void {
  if (findIndex(table.definition, name)) {
    throw new AwsError('ValidationException', 'Attempting to create an index which already exists');
  }
  refuseWhileBusy(table);
  const { dataPlane } = call.account.dynamodb(call.region);
  const { timing } = call.clock;
  const definition = definitionWithIndex(dataPlane, table, index, AttributeDefinitions);
  const key = usableDataKey(call.account, call.region, table.name);
  if (!key) {
    // Inferred: how AWS refuses it.
    throw new AwsError('ValidationException', `The KMS key of the table cannot be used: ${table.name}`);
  }
  return () => {
    const backfillsAt = call.clock.now().getTime() + timing.indexAllocationMs;
    const doneAt = backfillsAt + timing.indexBackfillMs;
    table.definition = definition;
    table.indexChanges.set(name, { kind: 'CREATING', backfilling: false, backfillsAt, doneAt });
    // Filled at once; nobody reads it before its time.
    dataPlane.addIndex(definition, name, key);
  };
}

function prepareDeletion(call: Call, table: Table, name: string): () => void {
  requireGlobalIndex(table, name, 'delete');
  if (isBackfilling(table, name) === false) {
    throw tableInUse(
      'Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is ' +
        `active. Table: ${table.name} Index: ${name}`,
    );
  }
  if (isBackfilling(table, name) === undefined) refuseWhileBusy(table);
  const { timing } = call.clock;
  return () => {
    const doneAt = call.clock.now().getTime() + timing.indexDeletionMs;
    table.indexChanges.set(name, { kind: 'DELETING', doneAt });
  };
}

function prepareThroughput(
  call: Call,
  table: Table,
  { name, index }: IndexUpdate & { kind: 'Update' },
  mode: BillingMode,
): () => void {
  const current = requireGlobalIndex(table, name, 'update');
  const asked = readThroughput(name, index.ProvisionedThroughput, mode);
  if (mode !== table.billingMode) return () => setThroughput(table, name, asked);
  const { read, write } = asked;
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = current.ProvisionedThroughput ?? {};
  if (read === ReadCapacityUnits && write === WriteCapacityUnits) {
    throw new AwsError(
      'ValidationException',
      `The provisioned throughput for the index ${name} will not change. The requested value equals the current value. ` +
        `Current ReadCapacityUnits provisioned for the index: ${ReadCapacityUnits}. Requested ReadCapacityUnits: ${read}. ` +
        `Current WriteCapacityUnits provisioned for the index: ${WriteCapacityUnits}. Requested WriteCapacityUnits: ${write}. ` +
        'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
  }
  if (isBackfilling(table, name) === false) {
    throw tableInUse(
      `Index is being created but is not backfilling yet.  Table: ${table.name} Index: ${name}`,
    );
  }
  if (indexStatus(table, name) === 'UPDATING') {
    throw tableInUse(`Index is being updated.  Table: ${table.name} Index: ${name}`);
  }
  const { timing } = call.clock;
  return () => {
    // Inferred: an index that is being filled has its new throughput at once.
    if (isBackfilling(table, name)) return setThroughput(table, name, asked);
    const doneAt = call.clock.now().getTime() + timing.indexUpdateMs;
    table.indexChanges.set(name, { kind: 'UPDATING', throughput: asked, doneAt });
  };
}

function readThroughput(
  name: string,
  asked: { ReadCapacityUnits?: number | undefined; WriteCapacityUnits?: number | undefined } | undefined,
  mode: BillingMode,
): Throughput {
  if (mode === 'PAY_PER_REQUEST') {
    throw invalid(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${name} when BillingMode is ` +
        'PAY_PER_REQUEST',
    );
  }
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = asked ?? {};
  if (read === undefined || write === undefined) {
    throw invalid(`Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`);
  }
  return { read, write };
}

/** @throws AwsError ResourceNotFoundException; ResourceInUseException for one that goes */
function requireGlobalIndex(table: Table, name: string, wish: 'delete' | 'update') {
  const index = table.definition.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  if (!index && findIndex(table.definition, name)) {
    throw new AwsError(
      'ValidationException',
      `Cannot ${wish} an index that is not a GlobalSecondaryIndex: ${name}`,
    );
  }
  if (!index) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Index ${name} for table ${table.name}`,
    );
  }
  if (indexStatus(table, name) !== 'DELETING') return index;
  throw tableInUse(`Index is being deleted.  Table: ${table.name} Index: ${name}`);
}

function refuseWhileBusy(table: Table): void {
  if (table.update) {
    throw tableInUse(
      `Can't create or delete indexes while table IOPS are being updated. Table: ${table.name}`,
    );
  }
  if (indexesIn(table, 'CREATING').length > 0 || indexesIn(table, 'DELETING').length > 0) throw oneAtATime();
}
