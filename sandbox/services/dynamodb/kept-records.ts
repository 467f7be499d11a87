import type { ComparedStore } from '../../keeping/kept-store.ts';
import type { DynamoDbStore } from './store.ts';
import type { Table } from './table.ts';

/**
 * The tables by name, without their items, and the key that AWS owns. What time brings about in a table need not be kept
 * when it happens: kept as it was, the table settles again.
 */
export function keptDynamoDb(dynamodb: DynamoDbStore): ComparedStore {
  return {
    *records() {
      yield ['owned-key', dynamodb.ownedKey];
      for (const table of dynamodb.tables()) yield [`table/${table.name}`, table];
    },
    restore(name, record) {
      if (name === 'owned-key') dynamodb.ownedKey = record as Uint8Array;
      else dynamodb.add(record as Table);
    },
  };
}
