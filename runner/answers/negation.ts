/** Whether a statement is made or denied. */
import type { Found } from './find-pattern.ts';
import type { Pattern } from './pattern.ts';
import type { Sentence, Token } from './sentences.ts';
import { stemOf } from './stem.ts';

const negatingWords =
  'not no never neither nor none nobody nothing without lack unable refuse forbid prevent deny wrong false myth misconception mistaken incorrect untrue hardly';
const negators = new Set(negatingWords.split(' ').map((word) => stemOf(word)));

/** How many words before a part are looked at, in clauses that have no end. */
const reach = 20;

/** "I did not know that ..." says that it is so, "not only ..." says so of more. */
const afterWhichNothingIsDenied = new Set(
  'only just know realise realize notice expect forget doubt surprising'
    .split(' ')
    .map((word) => stemOf(word)),
);

/** @returns whether the author's pattern speaks of what is not: then a "not" in the answer denies nothing of it */
export function isNegative(pattern: Pattern): boolean {
  return pattern.some((terms) =>
    terms.some(({ alternatives }) =>
      alternatives.some((row) => row.some(({ word }) => negators.has(stemOf(word)))),
    ),
  );
}

/**
 * Whether a negation stands in a clause that holds a part of what was found: before the last of it there, or shortly after
 * ("administrators decrypt nothing").
 */
export function isDenied(found: Found, { tokens }: Sentence): boolean {
  let looked = Number.POSITIVE_INFINITY;
  for (let part: Found | undefined = found; part; part = part.before) {
    const clause = tokens[part.end]?.clause;
    let at = Math.min(part.end + 2, looked);
    for (const first = Math.max(0, part.start - reach); at >= first; at--) {
      const token = tokens[at];
      if (!token || token.clause > (clause ?? 0)) continue;
      if (token.clause !== clause) break;
      if (denies(tokens, at)) return true;
    }
    // What was looked at in vain need not be looked at again.
    looked = Math.min(looked, at);
  }
  return false;
}

function denies(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token) return false;
  if (token.word === 'instead') return next?.word === 'of';
  if (token.word === 'rather') return next?.word === 'than';
  return negators.has(token.stem) && !(next && afterWhichNothingIsDenied.has(next.stem));
}
