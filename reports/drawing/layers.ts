/** Putting parts into storeys, so that arrows lead downwards. */

interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * The storey of each part, counted from the top: below everything that leads to it. Of parts that lead to each other in a
 * circle, the one that is named first stays on top.
 */
export function storeysOf(ids: readonly string[], links: readonly Link[]): Map<string, number> {
  const storeys = new Map<string, number>();
  const onTheWay = new Set<string>();
  const storeyOf = (id: string): number => {
    const known = storeys.get(id);
    if (known !== undefined) return known;
    if (onTheWay.has(id)) return -1;
    onTheWay.add(id);
    const above = links.filter(({ to }) => to === id).map(({ from }) => storeyOf(from));
    onTheWay.delete(id);
    const storey = Math.max(-1, ...above) + 1;
    storeys.set(id, storey);
    return storey;
  };
  for (const id of ids) storeyOf(id);
  return storeys;
}
