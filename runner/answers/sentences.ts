/** Reads an answer as sentences of plain words: no Markdown, no case, no accents, "can't" as "can not". */
import { stemOf } from './stem.ts';

export interface Token {
  /** Lower-case letters and digits. */
  readonly word: string;
  /** The word without the endings of plurals and verbs. */
  readonly stem: string;
  /** Number of the clause within the sentence, from 0. */
  readonly clause: number;
  /** Where the word stands in `Reading.text`. */
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly tokens: readonly Token[];
  /** A full stop, question or exclamation mark; an ellipsis; a colon and the end of a line; or the end alone. */
  readonly ending: 'mark' | 'ellipsis' | 'colon' | 'none';
}

export interface Reading {
  readonly text: string;
  readonly sentences: readonly Sentence[];
}

/** Every alternative is bounded or consumes what it has looked at, so that reading stays linear. */
const pieces = new RegExp(
  [
    /!\[[^\]\n]{0,200}\](?:\([^\s)]{0,500}\))?/u, // a picture
    /\]\([^\s)]*\)?/u, // a link's address
    /https?:\/\/\S+/u,
    /<\/?[A-Za-z][^<>\n]{0,200}>/u, // a tag
    /(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}]{1,3}(?![\p{L}\p{N}]))?)/u,
    /(?<ellipsis>\.{2,}|…)/u,
    /(?<mark>[.!?](?=[\s"'”’)\]*_]|$))/u,
    /(?<line>\n[ \t]*(?=\n|[-*+>#|]|\d{1,3}[.)])|;)/u,
    /(?<pause>[,()|—–]|:(?=\s|$))/u,
  ]
    .map((piece) => piece.source)
    .join('|'),
  'gu',
);

/** Words that open a clause of their own. */
const openers = new Set(
  'but although though while whereas because since so who which however yet unless until'.split(' '),
);

/** Negations that are often written without their apostrophe. */
const runTogether = new Map(
  ['is', 'are', 'was', 'were', 'do', 'does', 'did', 'has', 'have', 'had', 'would', 'could', 'should'].map(
    (verb) => [`${verb}nt`, verb],
  ),
);
for (const [word, verb] of [
  ['cant', 'can'],
  ['cannot', 'can'],
  ['wont', 'will'],
] as const)
  runTogether.set(word, verb);

/** Never throws; takes time in proportion to the text. */
export function readSentences(source: string): Reading {
  // An apostrophe that was saved as UTF-8 and read as Windows-1252.
  const text = source.replaceAll('â€™', '’').replaceAll('\r\n', '\n');
  const sentences: Sentence[] = [];
  let tokens: Token[] = [];
  let clause = 0;
  let afterColon = false;
  const finish = (ending: Sentence['ending']) => {
    const told = ending === 'none' && afterColon ? 'colon' : ending;
    if (tokens.length > 0 || ending === 'ellipsis') sentences.push({ tokens, ending: told });
    tokens = [];
    clause = 0;
    afterColon = false;
  };
  for (const match of text.matchAll(pieces)) {
    const { word, ellipsis, mark, line, pause } = match.groups ?? {};
    if (word !== undefined) {
      const start = match.index;
      for (const plain of plainWords(word)) {
        if (openers.has(plain)) clause++;
        tokens.push({ word: plain, stem: stemOf(plain), clause, start, end: start + word.length });
      }
    } else if (ellipsis !== undefined) finish('ellipsis');
    else if (mark !== undefined) finish('mark');
    else if (line !== undefined) finish('none');
    else if (pause !== undefined) clause++;
    if (word !== undefined || pause !== undefined) afterColon = pause === ':';
  }
  finish('none');
  return { text, sentences };
}

/** A word as one or two plain ones. */
export function plainWords(written: string): string[] {
  const word = written.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace('’', "'");
  const [stem = '', ending] = word.split("'", 2);
  const joined = stem + (ending ?? '');
  if (ending === 't') {
    if (stem.endsWith('n')) return [runTogether.get(joined) ?? stem.slice(0, -1), 'not'];
    return [joined];
  }
  const verb = runTogether.get(word);
  if (verb) return [verb, 'not'];
  return [stem];
}
