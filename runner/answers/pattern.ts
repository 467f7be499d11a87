/**
 * Patterns by which an author says what an answer may look like. A pattern is held against one sentence at a time.
 *
 * | written     | means                                                                            |
 * |-------------|----------------------------------------------------------------------------------|
 * | `key`       | the word, its plural and verb forms, and from six letters on a slip of the pen    |
 * | `protect*`  | any ending: protects, protection                                                  |
 * | `same key`  | in this order, at most three other words between them                             |
 * | `key_user`  | directly one after the other                                                      |
 * | `iam .. key`| in this order, anywhere in the sentence                                           |
 * | `a & b`     | both in the sentence, in any order                                                |
 * | `may/can`   | one or the other; `_` binds more tightly                                          |
 */
import { plainWords } from './sentences.ts';
import { isMisspelling } from './spelling.ts';
import { stemOf } from './stem.ts';

/** The most other words between two neighbours. */
const nearness = 3;

interface WordPattern {
  readonly word: string;
  readonly matches: (word: string, stem: string) => boolean;
}

export interface Term {
  /** Each a row of words directly one after the other. */
  readonly alternatives: readonly (readonly WordPattern[])[];
  /** How many other words may stand between the term before and this one. */
  readonly gap: number;
}

/** Rows of terms, each in order; all of the rows have to be in the sentence. */
export type Pattern = readonly (readonly Term[])[];

/** @throws PatternError for text that is none, with what to do about it */
export function parsePattern(text: string): Pattern {
  return text.split('&').map((part) => {
    const terms: Term[] = [];
    let gap = nearness;
    for (const written of part.trim().split(/\s+/)) {
      if (written === '..') {
        if (terms.length === 0) throw new PatternError('".." stands between two words.');
        gap = Number.POSITIVE_INFINITY;
        continue;
      }
      terms.push({ alternatives: written.split('/').map((row) => parseRow(row)), gap });
      gap = nearness;
    }
    if (gap !== nearness) throw new PatternError('".." stands between two words.');
    return terms;
  });
}

export class PatternError extends Error {}

function parseRow(row: string): WordPattern[] {
  return row.split('_').flatMap((written) => {
    if (!/^[\p{L}\p{N}][\p{L}\p{N}'’]*\*?$/u.test(written)) {
      throw new PatternError(
        written === ''
          ? 'There is a word missing.'
          : `"${written}" is no word: letters and digits, and at the end "*" for any ending.`,
      );
    }
    if (!written.endsWith('*')) return plainWords(written).map((word) => oneWord(word));
    const [beginning = ''] = plainWords(written.slice(0, -1));
    if (beginning.length < 3) throw new PatternError(`"${written}" needs three letters before its "*".`);
    return [{ word: beginning, matches: (word: string) => word.startsWith(beginning) }];
  });
}

function oneWord(word: string): WordPattern {
  const meant = stemOf(word);
  const known = new Map<string, boolean>();
  return {
    word,
    matches: (written, stem) => {
      if (written === word || stem === meant) return true;
      if (word.length < 6) return false;
      let answer = known.get(written);
      if (answer === undefined) {
        answer = isMisspelling(written, word) || isMisspelling(stem, meant);
        known.set(written, answer);
      }
      return answer;
    },
  };
}
