/** What a transaction says of its consumption. */

/** "Two underlying reads or writes of every item in the transaction": "DynamoDB transactions: How it works". */
const perItem = 2;

interface Consumption {
  readonly TableName: string;
  readonly CapacityUnits: number;
  /** Where the request asked for INDEXES. */
  readonly Table?: object;
}

/**
 * By table, in the order of the request. Empty unless the request asked for it.
 *
 * @param kind which member counts the units, as ConsumedCapacity of the DynamoDB API reference has them
 */
export function consumedCapacity(
  answers: readonly Record<string, unknown>[],
  kind: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): { ConsumedCapacity?: object[] } {
  const byTable = new Map<string, { units: number; detailed: boolean }>();
  for (const { ConsumedCapacity } of answers) {
    if (ConsumedCapacity === undefined) continue;
    const { TableName, CapacityUnits, Table } = ConsumedCapacity as Consumption;
    const units = (byTable.get(TableName)?.units ?? 0) + perItem * CapacityUnits;
    byTable.set(TableName, { units, detailed: Table !== undefined });
  }
  if (byTable.size === 0) return {};
  return {
    ConsumedCapacity: [...byTable].map(([TableName, { units, detailed }]) => ({
      TableName,
      CapacityUnits: units,
      [kind]: units,
      ...(detailed && { Table: { CapacityUnits: units, [kind]: units } }),
    })),
  };
}
