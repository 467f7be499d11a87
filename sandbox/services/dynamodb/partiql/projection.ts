import type { DocumentPath, WireValue } from '../data-plane.ts';
import { valueAt } from '../document-path.ts';

type Item = Readonly<Record<string, WireValue>>;

/**
 * What a SELECT leaves of an item: values under the last name of their paths, not inside their maps (observed on AWS,
 * nubo-db/dynamodb-conformance). Inferred: an element of a list is called by its place in the SELECT, `_1`, as in the
 * PartiQL specification. What is missing is left out.
 */
export function projected(item: Item, projection: readonly DocumentPath[] | undefined): Item {
  if (projection === undefined) return item;
  const members = projection.flatMap((path, position) => {
    const name = path.at(-1);
    const value = valueAt(path, item);
    return value === undefined
      ? []
      : [[typeof name === 'string' ? name : `_${position + 1}`, value] as const];
  });
  return Object.fromEntries(members);
}
