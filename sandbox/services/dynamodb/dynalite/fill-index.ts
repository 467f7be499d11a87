import type { TableDefinition } from '../data-plane.ts';
import type { Item } from './condition.ts';
import { db } from './library.ts';

/** Puts the items of a table into one of its global indexes, as a write of each would. */
export function fillIndex(
  store: DynaliteStore,
  definition: TableDefinition,
  indexName: string,
  items: Iterable<unknown>,
): void {
  const { LocalSecondaryIndexes: _local, GlobalSecondaryIndexes = [], ...table } = definition;
  const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === indexName);
  if (!index) throw new Error(`The definition of the table has no index ${indexName}.`);
  const alone = { ...table, GlobalSecondaryIndexes: [index] };
  const keys = definition.AttributeDefinitions.filter(({ AttributeName }) =>
    index.KeySchema?.some((element) => element.AttributeName === AttributeName),
  );
  for (const item of items as Iterable<Item>) {
    const fits = keys.every(({ AttributeName = '', AttributeType = '' }) => {
      const value = item[AttributeName]?.[AttributeType];
      return value !== undefined && value !== '';
    });
    if (!fits) continue;
    db().updateIndexes(store, alone, undefined, item, (error) => {
      if (error) throw error;
    });
  }
}
