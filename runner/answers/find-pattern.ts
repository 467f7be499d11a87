import type { Pattern, Term } from './pattern.ts';
import type { Sentence, Token } from './sentences.ts';

/** A row of terms as it was found, told from its end. */
export interface Found {
  /** Indexes of the first and the last token of the last term. */
  readonly start: number;
  readonly end: number;
  /** Index of the first token of all. */
  readonly from: number;
  /** The terms before, nearest first. */
  readonly before: Found | undefined;
}

/**
 * Where each row of the pattern stands in the sentence, in order, once for each place of its last term; undefined where one
 * of them does not. Takes time in proportion to the sentence.
 */
export function findPattern(pattern: Pattern, { tokens }: Sentence): Found[][] | undefined {
  const rows: Found[][] = [];
  for (const terms of pattern) {
    let found: Found[] | undefined;
    for (const term of terms) {
      found = append(found, term, tokens);
      if (found.length === 0) return undefined;
    }
    rows.push(found ?? []);
  }
  return rows;
}

function append(before: readonly Found[] | undefined, term: Term, tokens: readonly Token[]): Found[] {
  const found: Found[] = [];
  const ends = [...(before ?? [])].sort((a, b) => a.end - b.end);
  let next = 0;
  for (let start = 0; start < tokens.length; start++) {
    while (next < ends.length && (ends[next]?.end ?? 0) < start) next++;
    const nearest = ends[next - 1];
    if (before && (!nearest || start - nearest.end - 1 > term.gap)) continue;
    for (const row of term.alternatives) {
      if (!row.every((one, at) => fits(one, tokens[start + at]))) continue;
      found.push({ start, end: start + row.length - 1, from: nearest?.from ?? start, before: nearest });
    }
  }
  return found;
}

function fits(one: Term['alternatives'][number][number], token: Token | undefined): boolean {
  return token !== undefined && one.matches(token.word, token.stem);
}
