/**
 * Global indexes that come, change or go; page "Managing Global Secondary Indexes in DynamoDB". States and texts observed
 * on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-148, -149, -375, -376, -442, -444).
 */
import type { IndexStatus } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Table, Throughput } from '../table.ts';
import { findIndex } from '../table-index.ts';

/** What is under way with one index. Times are milliseconds since the epoch. */
export type IndexChange =
  | {
      readonly kind: 'CREATING';
      /** First resources are allocated, and the table is UPDATING; then the index is filled. */
      backfilling: boolean;
      readonly backfillsAt: number;
      readonly doneAt: number;
    }
  | { readonly kind: 'UPDATING'; readonly throughput: Throughput; readonly doneAt: number }
  | { readonly kind: 'DELETING'; readonly doneAt: number };

export function indexStatus(table: Table, indexName: string): IndexStatus {
  return table.indexChanges.get(indexName)?.kind ?? 'ACTIVE';
}

/** Undefined unless the index is being created. */
export function isBackfilling(table: Table, indexName: string): boolean | undefined {
  const change = table.indexChanges.get(indexName);
  return change?.kind === 'CREATING' ? change.backfilling : undefined;
}

/** Whether an index keeps the table from being ACTIVE. */
export function indexesOccupy(table: Table): boolean {
  const changes = [...table.indexChanges.values()];
  return changes.some(({ kind }) => kind === 'DELETING') || changes.some(isAllocating);
}

/** The names of the indexes with such a change. */
export function indexesIn(table: Table, kind: IndexChange['kind']): string[] {
  return [...table.indexChanges].filter(([, change]) => change.kind === kind).map(([name]) => name);
}

/**
 * Inferred: an index that is being deleted is gone for readers.
 *
 * @throws AwsError ValidationException for an index that is not complete; one that is not there is left to the engine
 */
export function requireReadableIndex(table: Table, indexName: string | undefined): void {
  if (indexName === undefined || !findIndex(table.definition, indexName)) return;
  const status = indexStatus(table, indexName);
  if (status === 'CREATING') {
    throw new AwsError(
      'ValidationException',
      `Cannot read from backfilling global secondary index: ${indexName}`,
    );
  }
  if (status === 'DELETING') {
    throw new AwsError('ValidationException', `The table does not have the specified index: ${indexName}`);
  }
}

function isAllocating(change: IndexChange): boolean {
  return change.kind === 'CREATING' && !change.backfilling;
}
