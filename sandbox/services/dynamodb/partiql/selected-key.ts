import type { TableDefinition, WireValue } from '../data-plane.ts';
import { itemConditions } from './key-conditions.ts';
import type { SelectStatement } from './statement.ts';

/**
 * The key of the one item that a SELECT names, and asks nothing else of; undefined if it is not of that kind. Batches
 * and transactions read only so.
 */
export function selectedKey(
  { where, index }: SelectStatement,
  definition: TableDefinition,
): Readonly<Record<string, WireValue>> | undefined {
  if (index !== undefined) return undefined;
  const named = itemConditions(where, definition);
  return named?.others.length === 0 ? named.key : undefined;
}
