/** How long tables take to settle, in milliseconds of the account's clock. */
export interface TableTimings {
  /** CREATING to ACTIVE. */
  createMs: number;
  /** How long a table is UPDATING after a change of its throughput or billing mode. */
  updateMs: number;
  /** How long a table is UPDATING for a new index, before the index is filled. */
  indexAllocationMs: number;
  /** After that, until the new index is ACTIVE. */
  indexBackfillMs: number;
  /** How long an index is UPDATING after a change of its throughput. */
  indexUpdateMs: number;
  /** DELETING until the index is gone. */
  indexDeletionMs: number;
  /** DELETING until the table is gone. */
  deleteMs: number;
  /** After a change of the key, until DescribeTable shows the new key instead of the old one. */
  keyShownMs: number;
  /** After a change of the key, until `SSEDescription.Status` is no longer UPDATING. */
  keyChangeMs: number;
}

/** Everything has settled by the next request. */
export const settledAtOnce: Readonly<TableTimings> = {
  createMs: 0,
  updateMs: 0,
  indexAllocationMs: 0,
  indexBackfillMs: 0,
  indexUpdateMs: 0,
  indexDeletionMs: 0,
  deleteMs: 0,
  keyShownMs: 0,
  keyChangeMs: 0,
};
