/** Adds up what several requests consumed; shapes of ConsumedCapacity in the DynamoDB API reference. */

type Consumption = Readonly<Record<string, unknown>>;

/** One for each table, in the order of their first appearance. What is undefined was not asked for. */
export function consumptionByTable(parts: readonly unknown[]): Consumption[] {
  const byTable = new Map<unknown, Consumption>();
  for (const part of parts.filter(isObject)) {
    const { TableName } = part;
    byTable.set(TableName, added(byTable.get(TableName) ?? {}, part));
  }
  return [...byTable.values()];
}

/** Numbers are added, objects member by member; a name stays. */
function added(sum: Consumption, part: Consumption): Consumption {
  const names = [...new Set([...Object.keys(sum), ...Object.keys(part)])];
  return Object.fromEntries(names.map((name) => [name, addedMember(sum[name], part[name])]));
}

function addedMember(sum: unknown, part: unknown): unknown {
  if (isObject(sum) && isObject(part)) return added(sum, part);
  return typeof sum === 'number' && typeof part === 'number' ? sum + part : (part ?? sum);
}

function isObject(value: unknown): value is Consumption {
  return typeof value === 'object' && value !== null;
}
