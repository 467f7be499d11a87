/**
 * How long AWS takes for what the sandbox otherwise does at once. Milliseconds of the account's clock: a test that
 * moves the clock waits for nothing.
 */
export interface Timing {
  /**
   * Until a new access key is known, and until one that was deactivated or deleted is refused. AWS gives no figure
   * ("Troubleshoot IAM", changes are not always immediately visible); observed on AWS: 3 to 4 s (OFFENSAI's study of
   * 2025), 5 to 10 s (hashicorp/vault#8413), up to 15 s (aws/aws-sdk-js#559).
   */
  readonly accessKeysMs: number;
  /**
   * Until a change of identity policies, boundaries, group membership, trust policies, principals' tags and key
   * policies counts, and until a new user or role may be named as a principal. Observed on AWS: as for access keys.
   * Inferred for key policies: the same ("AWS KMS eventual consistency", KMS developer guide, speaks of seconds).
   */
  readonly policiesMs: number;
  /**
   * Until a new grant counts for requests without its token, and an ended one does not count any more. "Using a grant
   * token", KMS developer guide: typically less than a few seconds, in some cases several minutes.
   */
  readonly grantsMs: number;
  /**
   * How long a rotation on demand is in progress. "Perform on-demand key rotation", KMS developer guide: there might be a
   * slight delay. Inferred: the figure of `realistic`.
   */
  readonly onDemandRotationMs: number;
  /**
   * How long DynamoDB uses a caller's plaintext table key without asking KMS again. "DynamoDB encryption at rest: How it
   * works": once every five minutes per caller. Observed on AWS: reads went on for 332 s after DisableKey
   * (aws-controllers-k8s/dynamodb-controller DDB-TABLE-331).
   */
  readonly tableKeyCacheMs: number;
  /** CREATING to ACTIVE. Observed on AWS: 2 to 8 s (aws-controllers-k8s/dynamodb-controller, docs/api-quirks). */
  readonly tableCreationMs: number;
  /** UPDATING after a change of the throughput or billing mode. Observed on AWS: 2 s, and 5 to 129 s (DDB-TABLE-064). */
  readonly tableUpdateMs: number;
  /** How long a table is UPDATING for a new index before the index is filled. Observed on AWS: 24 to 55 s (DDB-TABLE-148). */
  readonly indexAllocationMs: number;
  /** After that, until the new index is ACTIVE. Observed on AWS: 7 to 16 min, also for small tables (DDB-TABLE-148). */
  readonly indexBackfillMs: number;
  /** How long an index is UPDATING after a change of its throughput. Observed on AWS: 2 s (DDB-TABLE-148). */
  readonly indexUpdateMs: number;
  /** DELETING until an index is gone. Observed on AWS: 5 s (DDB-TABLE-148). */
  readonly indexDeletionMs: number;
  /** DELETING until the table is gone. Observed on AWS: 4 to 8 s (the same). */
  readonly tableDeletionMs: number;
  /** After a change of a table's key, until DescribeTable shows the new one. Observed on AWS: 8 to 10 s (DDB-TABLE-065). */
  readonly encryptionShownMs: number;
  /** After such a change, until `SSEDescription.Status` is no longer UPDATING. Observed on AWS: 21 to 23 s (DDB-TABLE-065). */
  readonly encryptionChangeMs: number;
  /**
   * From the moment a table's key stops working until the table is INACCESSIBLE_ENCRYPTION_CREDENTIALS, and from the
   * moment it works again until the table is ACTIVE; 0: the status does not follow the key. Observed on AWS: 13 to 75 min,
   * and 18 to 57 min (DDB-TABLE-331, -335).
   */
  readonly keyChecksMs: number;
  /**
   * Until an event can be looked up. CloudTrail user guide: about five minutes on average, not guaranteed; observed on
   * AWS: from 20 s to more than 25 min.
   */
  readonly eventsMs: number;
}

/** No delay and no cache: a lab is not held up, and every change counts by the next request. */
export const atOnce: Timing = {
  accessKeysMs: 0,
  policiesMs: 0,
  grantsMs: 0,
  onDemandRotationMs: 0,
  tableKeyCacheMs: 0,
  tableCreationMs: 0,
  tableUpdateMs: 0,
  indexAllocationMs: 0,
  indexBackfillMs: 0,
  indexUpdateMs: 0,
  indexDeletionMs: 0,
  tableDeletionMs: 0,
  encryptionShownMs: 0,
  encryptionChangeMs: 0,
  keyChecksMs: 0,
  eventsMs: 0,
};

/** AWS's own pace; of a range, a figure that is met often. */
export const realistic: Timing = {
  accessKeysMs: 4_000,
  policiesMs: 4_000,
  grantsMs: 3_000,
  onDemandRotationMs: 20_000,
  tableKeyCacheMs: 300_000,
  tableCreationMs: 6_000,
  tableUpdateMs: 2_000,
  indexAllocationMs: 40_000,
  indexBackfillMs: 10 * 60_000,
  indexUpdateMs: 2_000,
  indexDeletionMs: 5_000,
  tableDeletionMs: 5_000,
  encryptionShownMs: 9_000,
  encryptionChangeMs: 22_000,
  keyChecksMs: 40 * 60_000,
  eventsMs: 300_000,
};
