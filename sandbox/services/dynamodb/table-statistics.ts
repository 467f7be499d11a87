import type { DataPlane } from './data-plane.ts';
import type { Table } from './table.ts';

/** "DynamoDB updates this value approximately every six hours": TableDescription, DynamoDB API reference. */
const everyMs = 6 * 60 * 60 * 1000;

/** Counts the items again when the last count is old. */
export function refreshStatistics(dataPlane: DataPlane, table: Table, now: number): void {
  if (now < table.statistics.takenAt + everyMs) return;
  const { LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] } = table.definition;
  const names = [...LocalSecondaryIndexes, ...GlobalSecondaryIndexes].map((index) => index.IndexName ?? '');
  table.statistics = {
    takenAt: now,
    table: dataPlane.statistics(table.name),
    indexes: new Map(names.map((name) => [name, dataPlane.statistics(table.name, name)])),
  };
}
