/** How alike two short texts are: headings and what they are to be. */
import { distance } from 'fastest-levenshtein';
import { readSentences } from '../answers/sentences.ts';

/** Longer ones are no headings. */
const longest = 300;

/** Words that tell no heading from another. */
const empty = new Set(
  'a an the my your our i you we it this that these and or of in on to for with from by at as is are was were be do does did have has had use used using which what how why when who where'.split(
    ' ',
  ),
);

/** Stems of the words that say something, in order. */
export function contentStems(text: string): string[] {
  const tokens = readSentences(text).sentences.flatMap((sentence) => sentence.tokens);
  return tokens.filter(({ word }) => !empty.has(word)).map(({ stem }) => stem);
}

/** A text, prepared for being compared with many. */
export interface Title {
  /** Lower-case words; empty when it is too long for a heading. */
  readonly plain: string;
  readonly stems: ReadonlySet<string>;
}

export function titleOf(text: string): Title {
  const plain = text.length > longest ? '' : plainTitle(text);
  return { plain, stems: new Set(contentStems(plain)) };
}

/** From 0, nothing in common, to 1, the same but for case, punctuation and numbering. */
export function likeness(a: Title, b: Title): number {
  if (a.plain === '' || b.plain === '') return 0;
  if (a.plain === b.plain) return 1;
  const [less, more] = [a.plain.length, b.plain.length].sort((x, y) => x - y) as [number, number];
  // Where the lengths differ by half, so do the letters.
  const letters = less * 2 < more ? 0 : 1 - distance(a.plain, b.plain) / more;
  return Math.max(letters, sharedWords(a.stems, b.stems));
}

function sharedWords(x: ReadonlySet<string>, y: ReadonlySet<string>): number {
  if (x.size === 0 || y.size === 0) return 0;
  const shared = [...x].filter((stem) => y.has(stem)).length;
  // One word in common may be chance, unless it is all there is.
  return shared === 1 && x.size + y.size > 3 ? 0 : (2 * shared) / (x.size + y.size) - 0.01;
}

function plainTitle(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\]\([^()\s]*\)/g, ' ')
    .replace(/^\W*(?:(?:step|part|section|question|q|task|stage)\s*)?\d{1,3}\s*[.):\-–—]\s*/u, '')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
