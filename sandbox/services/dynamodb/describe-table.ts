/** Tables as the control plane's answers show them. Shapes recorded on AWS by LocalStack's test suite (`test_table_crud`). */
import type {
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
  ProvisionedThroughputDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { describeEncryption } from './encryption/table-encryption.ts';
import { indexStatus, isBackfilling } from './indexes/index-change.ts';
import { type Table, type Throughput, tableStatus } from './table.ts';

/** @param now decides which day today is */
export function describeTable(table: Table, now: Date): TableDescription {
  const { definition } = table;
  const creating = tableStatus(table) === 'CREATING';
  const encryption = describeEncryption(table.encryption);
  return {
    AttributeDefinitions: [...definition.AttributeDefinitions],
    KeySchema: [...definition.KeySchema],
    CreationDateTime: new Date(table.createdAt),
    ...describeShortly(table, now),
    // Absent from the answer of CreateTable.
    ...(!creating && {
      WarmThroughput: { ...warmUnits(table.warmThroughput), Status: 'ACTIVE' },
    }),
    ...(definition.LocalSecondaryIndexes && { LocalSecondaryIndexes: describeLocalIndexes(table) }),
    ...(definition.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: describeGlobalIndexes(table) }),
    ...(encryption && { SSEDescription: encryption }),
    ...(table.tableClass && { TableClassSummary: { TableClass: table.tableClass } }),
  };
}

/** What the answer of DeleteTable holds: the table without its definition. */
export function describeShortly(table: Table, now: Date): TableDescription {
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: tableStatus(table),
    ItemCount: table.statistics.table.itemCount,
    TableSizeBytes: table.statistics.table.sizeBytes,
    DeletionProtectionEnabled: table.deletionProtection,
    ProvisionedThroughput: describeThroughput(table, now),
    ...describeBilling(table),
  };
}

/** Absent for a table that always had a provisioned throughput (DDB-TABLE-058). */
function describeBilling(table: Table): Pick<TableDescription, 'BillingModeSummary'> {
  if (table.billingMode === 'PROVISIONED' && table.onDemandSince === undefined) return {};
  return {
    BillingModeSummary: {
      BillingMode: table.billingMode,
      ...(table.onDemandSince !== undefined && {
        LastUpdateToPayPerRequestDateTime: new Date(table.onDemandSince),
      }),
    },
  };
}

function describeThroughput(table: Table, now: Date): ProvisionedThroughputDescription {
  const lastDecreaseAt = table.decreasedAt.at(-1);
  const today = now.toISOString().slice(0, 10);
  return {
    ...(table.lastIncreaseAt !== undefined && { LastIncreaseDateTime: new Date(table.lastIncreaseAt) }),
    ...(lastDecreaseAt !== undefined && { LastDecreaseDateTime: new Date(lastDecreaseAt) }),
    NumberOfDecreasesToday: table.decreasedAt.filter((when) => new Date(when).toISOString().startsWith(today))
      .length,
    ReadCapacityUnits: table.throughput.read,
    WriteCapacityUnits: table.throughput.write,
  };
}

function describeLocalIndexes(table: Table): LocalSecondaryIndexDescription[] {
  return (table.definition.LocalSecondaryIndexes ?? []).map((index) => ({
    ...index,
    ...describeIndex(table, index.IndexName ?? ''),
  }));
}

function describeGlobalIndexes(table: Table): GlobalSecondaryIndexDescription[] {
  const creatingTable = tableStatus(table) === 'CREATING';
  return (table.definition.GlobalSecondaryIndexes ?? []).map((index) => {
    const provisioned = table.billingMode === 'PROVISIONED';
    const throughput: Throughput = {
      read: (provisioned && index.ProvisionedThroughput?.ReadCapacityUnits) || 0,
      write: (provisioned && index.ProvisionedThroughput?.WriteCapacityUnits) || 0,
    };
    const warm = provisioned ? throughput : table.warmThroughput;
    const name = index.IndexName ?? '';
    const status = creatingTable ? 'CREATING' : indexStatus(table, name);
    const backfilling = isBackfilling(table, name);
    return {
      ...index,
      ...describeIndex(table, name),
      IndexStatus: status,
      ...(backfilling !== undefined && { Backfilling: backfilling }),
      ProvisionedThroughput: {
        NumberOfDecreasesToday: 0,
        ReadCapacityUnits: throughput.read,
        WriteCapacityUnits: throughput.write,
      },
      ...(status !== 'CREATING' && { WarmThroughput: { ...warmUnits(warm), Status: 'ACTIVE' } }),
    };
  });
}

function describeIndex(table: Table, name: string) {
  const statistics = table.statistics.indexes.get(name);
  return {
    IndexArn: `${table.arn}/index/${name}`,
    IndexSizeBytes: statistics?.sizeBytes ?? 0,
    ItemCount: statistics?.itemCount ?? 0,
  };
}

function warmUnits({ read, write }: Throughput) {
  return { ReadUnitsPerSecond: read, WriteUnitsPerSecond: write };
}
