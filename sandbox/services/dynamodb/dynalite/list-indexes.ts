/** No list of a 400 KB item has more elements. */
const longest = 400 * 1024;

/** Where an update expression writes, as dynalite parses it. */
interface Updates {
  readonly paths: (string | number)[][];
  readonly sections: { readonly path: (string | number)[] }[];
}

/**
 * Brings list indexes down to what a list can have, in their order. To DynamoDB an index past the end means the end;
 * dynalite makes a list of that length first, which for an index of some billions never ends.
 */
export function limitListIndexes({ paths, sections }: Updates): void {
  const all = [...paths, ...sections.map((section) => section.path)];
  const large = all.flat().filter((piece) => typeof piece === 'number' && piece > longest) as number[];
  const ranks = new Map(
    [...new Set(large)].sort((a, b) => a - b).map((index, rank) => [index, longest + rank]),
  );
  for (const path of all) {
    path.forEach((piece, position) => {
      const limited = typeof piece === 'number' ? ranks.get(piece) : undefined;
      if (limited !== undefined) path[position] = limited;
    });
  }
}
