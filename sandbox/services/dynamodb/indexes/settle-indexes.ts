import type { DataPlane, TableDefinition } from '../data-plane.ts';
import type { Table, Throughput } from '../table.ts';

/** Brings the indexes of a table up to the account's time. */
export function settleIndexes(dataPlane: DataPlane, table: Table, now: number): void {
  for (const [name, change] of table.indexChanges) {
    if (change.kind === 'CREATING') change.backfilling ||= now >= change.backfillsAt;
    if (now < change.doneAt) continue;
    table.indexChanges.delete(name);
    if (change.kind === 'UPDATING') setThroughput(table, name, change.throughput);
    if (change.kind !== 'DELETING') continue;
    table.definition = withoutIndex(table.definition, name);
    dataPlane.dropIndex(table.definition, name);
  }
}

/** Changes what the index is provisioned with. */
export function setThroughput(table: Table, indexName: string, { read, write }: Throughput): void {
  const ProvisionedThroughput = { ReadCapacityUnits: read, WriteCapacityUnits: write };
  const { GlobalSecondaryIndexes = [] } = table.definition;
  table.definition = {
    ...table.definition,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) =>
      index.IndexName === indexName ? { ...index, ProvisionedThroughput } : index,
    ),
  };
}

/** The attributes that only this index defined go with it (DDB-TABLE-149). */
function withoutIndex(definition: TableDefinition, indexName: string): TableDefinition {
  const { GlobalSecondaryIndexes = [], ...rest } = definition;
  const kept = GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName !== indexName);
  return usedAttributes({ ...rest, ...(kept.length > 0 && { GlobalSecondaryIndexes: kept }) });
}

/** The definition without attributes that are no keys. */
export function usedAttributes(definition: TableDefinition): TableDefinition {
  const { KeySchema, LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] } = definition;
  const schemas = [...LocalSecondaryIndexes, ...GlobalSecondaryIndexes].map((index) => index.KeySchema ?? []);
  const used = new Set([KeySchema, ...schemas].flat().map(({ AttributeName }) => AttributeName));
  return {
    ...definition,
    AttributeDefinitions: definition.AttributeDefinitions.filter(({ AttributeName }) =>
      used.has(AttributeName),
    ),
  };
}
