import type { BillingMode, TableClass, TableStatus } from '@aws-sdk/client-dynamodb';
import type { TableDefinition, TableStatistics } from './data-plane.ts';
import type { TableEncryption } from './encryption/table-encryption.ts';

/** Capacity that was asked for; zeros for a table that is billed by request. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** What a table that is billed by request can take from the start (DDB-TABLE-179). */
export const onDemandWarmThroughput: Throughput = { read: 12_000, write: 4_000 };

/** A table as the control plane knows it. Times are milliseconds since the epoch. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  /** New for each table, also for one made again under the same name. */
  readonly id: string;
  readonly definition: TableDefinition;
  readonly createdAt: number;
  /** While the table is CREATING: until when. */
  activeAt?: number;
  billingMode: BillingMode;
  /** When the table was last settled to be billed by request. */
  onDemandSince?: number;
  throughput: Throughput;
  lastIncreaseAt?: number;
  /** Oldest first. */
  readonly decreasedAt: number[];
  /** While the table is UPDATING: the throughput that it is to have, and until when. */
  update?: { readonly throughput: Throughput; readonly doneAt: number };
  /** The throughput that the table can take at once; it never falls. */
  warmThroughput: Throughput;
  /** Only where the table was created with one. */
  readonly tableClass?: TableClass;
  deletionProtection: boolean;
  readonly tags: Map<string, string>;
  readonly encryption: TableEncryption;
  /** While time to live is on: the attribute that holds it, and when the table was last gone through. */
  timeToLive?: { readonly attributeName: string; readonly sweptAt: number } | undefined;
  timeToLiveChangedAt?: number;
  /** While point-in-time recovery is on: since when, and how many days back. */
  pointInTimeRecovery?: { readonly since: number; readonly days: number } | undefined;
  /** While the table is DELETING: until when. */
  goneAt?: number;
  /** What DescribeTable says of the items; taken now and then. */
  statistics: {
    readonly takenAt: number;
    readonly table: TableStatistics;
    readonly indexes: Map<string, TableStatistics>;
  };
}

/** Of a table that has settled: what is under way is not over yet. */
export function tableStatus(table: Table): TableStatus {
  if (table.goneAt !== undefined) return 'DELETING';
  if (table.activeAt !== undefined) return 'CREATING';
  if (table.encryption.inaccessibleSince !== undefined) return 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
  return table.update ? 'UPDATING' : 'ACTIVE';
}
