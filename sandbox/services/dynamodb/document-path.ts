import type { DocumentPath, WireValue } from './data-plane.ts';

/** What lies at a path in an item; undefined if nothing does. */
export function valueAt(
  path: DocumentPath,
  item: Readonly<Record<string, WireValue>>,
): WireValue | undefined {
  let value: WireValue | undefined = { M: item };
  for (const piece of path) {
    const container: unknown = typeof piece === 'number' ? value?.L : value?.M;
    if (typeof container !== 'object' || container === null || !Object.hasOwn(container, piece)) {
      return undefined;
    }
    value = (container as Record<string | number, WireValue>)[piece];
  }
  return value;
}
