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
  const downwards = withoutCircles(ids, links);
  const storeys = new Map<string, number>();
  const storeyOf = (id: string): number => {
    const above = downwards
      .filter(({ to }) => to === id)
      .map(({ from }) => storeys.get(from) ?? storeyOf(from));
    const storey = Math.max(-1, ...above) + 1;
    storeys.set(id, storey);
    return storey;
  };
  for (const id of ids) storeyOf(id);
  return storeys;
}

/** The links without those that lead back to where they are reached from. */
function withoutCircles(ids: readonly string[], links: readonly Link[]): Link[] {
  const kept: Link[] = [];
  const seen = new Set<string>();
  const onTheWay = new Set<string>();
  const follow = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    onTheWay.add(id);
    for (const link of links.filter(({ from }) => from === id)) {
      if (onTheWay.has(link.to)) continue;
      kept.push(link);
      follow(link.to);
    }
    onTheWay.delete(id);
  };
  for (const id of ids) follow(id);
  return kept;
}
