/** Patterns with `*` (any run of characters) and `?` (any one character). */

const ANY_RUN = -1;
const ANY_ONE = -2;

/** UTF-16 code units, with negative numbers for the wildcards. */
export type Pattern = readonly number[];

/** The pattern that a policy's text stands for. */
export function compileWildcards(text: string): Pattern {
  const pattern: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '?') pattern.push(ANY_ONE);
    else if (character !== '*') pattern.push(text.charCodeAt(at));
    else if (pattern.at(-1) !== ANY_RUN) pattern.push(ANY_RUN);
  }
  return pattern;
}

/** The pattern that matches exactly this text, wildcard characters included. */
export function compileLiteral(text: string): Pattern {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Whether the pattern is a single `*`. */
export function matchesEverything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === ANY_RUN;
}

/**
 * Whether the whole text matches.
 *
 * Only the latest `*` is ever reconsidered: when the rest matches anywhere, it also matches at its earliest place, so
 * earlier stars need no second try. The work is therefore at most pattern length times text length, whatever the input.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starEnd = 0;
  while (inText < text.length) {
    const expected = pattern[inPattern];
    if (expected === ANY_RUN) {
      inPattern++;
      if (inPattern === pattern.length) return true;
      afterStar = inPattern;
      starEnd = inText;
    } else if (expected !== undefined && (expected === ANY_ONE || expected === text.charCodeAt(inText))) {
      inPattern++;
      inText++;
    } else if (afterStar >= 0) {
      inPattern = afterStar;
      starEnd++;
      inText = starEnd;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === ANY_RUN) inPattern++;
  return inPattern === pattern.length;
}
