/** Tells sentences that were begun and left. */
import type { Sentence } from './sentences.ts';

/** No sentence ends with these, full stop or not. */
const neverLast = new Set(
  'a an the my your our their its because although and or but if whereas such include includes including'.split(
    ' ',
  ),
);
/** These end a sentence only in "what it is", "the user that I gave it to". */
const seldomLast = new Set('is are was were am been be when while by as than that which'.split(' '));
/** These may end a sentence, but not a text without a full stop. */
const lastWithFullStop = new Set('to for with of in on at from about into who will'.split(' '));
/** What makes a verb at the end complete, unless the sentence begins with it: "What I gave is". */
const askedBefore = new Set('what who whom how where why when which as than whether'.split(' '));
const placeholders = new Set(['todo', 'tbd', 'xxx', 'lorem']);

/** @param isLast whether the text ends with this sentence */
export function isUnfinished({ tokens, ending }: Sentence, isLast: boolean): boolean {
  const last = tokens.at(-1);
  if (!last) return ending === 'ellipsis';
  // A list follows, or a picture.
  if (ending === 'colon') return false;
  if (tokens.some(({ word }) => placeholders.has(word))) return true;
  const { word } = last;
  // Within a list: "a key, and", with the next item after it.
  if ((word === 'and' || word === 'or') && ending === 'none' && !isLast) return false;
  if (neverLast.has(word)) return true;
  if (seldomLast.has(word)) return !tokens.slice(1, -1).some((token) => askedBefore.has(token.word));
  if (ending === 'ellipsis') return isLast ? word !== 'etc' && word !== 'on' : lastWithFullStop.has(word);
  if (ending === 'mark' || !isLast) return false;
  // A letter alone is the beginning of a word; digits are a time or a number.
  return lastWithFullStop.has(word) || /^[b-hj-z]$/.test(word);
}
