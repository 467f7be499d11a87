/** Feedback on an answer from the author's patterns: offline, and each part of it with the words that gave rise to it. */
import type { AnswerFeedback, AnswerState } from '../result.ts';
import type { Concept, Expectations, Misconception } from './expectations.ts';
import { type Found, findPattern } from './find-pattern.ts';
import { isDenied, isNegative } from './negation.ts';
import { type Pattern, parsePattern } from './pattern.ts';
import { type Reading, readSentences, type Sentence } from './sentences.ts';
import { isUnfinished } from './unfinished.ts';

/** Fewer different words than this explain nothing. */
const fewestWords = 8;
/** The longest quotation from an answer, in characters. */
const longestQuotation = 160;
const mostQuotations = 5;

export interface AnswerQuestion {
  readonly prompt: string;
  /** Absent for questions to which any answer is right. */
  readonly expects?: Expectations | undefined;
}

/**
 * Pure; takes time in proportion to the answer.
 *
 * @throws PatternError for patterns that are none, which a lab that was loaded does not have
 */
export function gradeAnswer({ prompt, expects }: AnswerQuestion, answer: string | undefined): AnswerFeedback {
  const reading = withoutPrompt(readSentences(answer ?? ''), prompt);
  const last = reading.sentences.length - 1;
  const open = reading.sentences.filter((sentence, at) => isUnfinished(sentence, at === last));
  const unfinished = open.slice(0, mostQuotations).map((sentence) => quoteSentence(reading, sentence));

  const present: AnswerFeedback['present'] = [];
  const missing: AnswerFeedback['missing'] = [];
  let points = 0;
  for (const concept of expects?.concepts ?? []) {
    const words = wordsThatShow(concept, reading);
    if (words === undefined) missing.push({ id: concept.id, message: concept.missing });
    else {
      present.push({ id: concept.id, about: concept.about, words });
      points += concept.points;
    }
  }
  const misconceptions: AnswerFeedback['misconceptions'] = [];
  for (const one of expects?.misconceptions ?? []) {
    const said = sentenceThatStates(one, reading);
    if (said === undefined) continue;
    points -= one.costs;
    misconceptions.push({
      id: one.id,
      said,
      correction: one.correction,
      ...(one.link && { link: one.link }),
    });
  }

  const state = stateOf();
  return {
    state,
    points: Math.max(0, points),
    max: (expects?.concepts ?? []).reduce((sum, concept) => sum + concept.points, 0),
    present,
    missing,
    misconceptions,
    unfinished,
  };

  function stateOf(): AnswerState {
    const written = reading.sentences.some(({ tokens }) => tokens.length > 0);
    if (!answer?.trim()) return 'unanswered';
    if (misconceptions.length > 0) return 'misconception';
    if (!written || open.length === reading.sentences.length) return 'stub';
    if (open.length > 0) return 'cut-off';
    if (!expects) return 'answered';
    if (missing.length === 0) return 'complete';
    return differentWords(reading) < fewestWords ? 'thin' : 'incomplete';
  }
}

/** A prompt that was left above the answer is not the learner's own words. */
function withoutPrompt(reading: Reading, prompt: string): Reading {
  if (reading.sentences.length === 0) return reading;
  const asked = new Set(readSentences(prompt).sentences.map((sentence) => wordsOf(sentence)));
  return { ...reading, sentences: reading.sentences.filter((sentence) => !asked.has(wordsOf(sentence))) };
}

function wordsOf({ tokens }: Sentence): string {
  return tokens.map(({ word }) => word).join(' ');
}

function differentWords({ sentences }: Reading): number {
  return new Set(sentences.flatMap(({ tokens }) => tokens.map(({ word }) => word))).size;
}

function wordsThatShow({ patterns }: Concept, reading: Reading): string | undefined {
  // A class that is graded by its accounts alone has no answers: patterns are not read for nothing.
  if (reading.sentences.length === 0) return undefined;
  for (const pattern of patterns.map((text) => parsePattern(text))) {
    for (const sentence of reading.sentences) {
      const rows = findPattern(pattern, sentence);
      if (rows) return quoteFound(reading, sentence, rows);
    }
  }
  return undefined;
}

function sentenceThatStates({ patterns, unless }: Misconception, reading: Reading): string | undefined {
  if (reading.sentences.length === 0) return undefined;
  const exceptions = unless.map((text) => parsePattern(text));
  for (const pattern of patterns.map((text) => parsePattern(text))) {
    for (const sentence of reading.sentences) {
      if (states(pattern, sentence) && !exceptions.some((one) => findPattern(one, sentence)))
        return quoteSentence(reading, sentence);
    }
  }
  return undefined;
}

function states(pattern: Pattern, sentence: Sentence): boolean {
  const rows = findPattern(pattern, sentence);
  if (!rows) return false;
  return isNegative(pattern) || rows.every((row) => row.some((found) => !isDenied(found, sentence)));
}

function quoteFound({ text }: Reading, { tokens }: Sentence, rows: readonly (readonly Found[])[]): string {
  const firsts = rows.flatMap((row) => row.slice(0, 1));
  const spans = firsts.map((found) => quote(text, tokens[found.from]?.start, tokens[found.end]?.end));
  return [...new Set(spans)].join(' … ');
}

function quoteSentence({ text }: Reading, { tokens, ending }: Sentence): string {
  const quoted = quote(text, tokens[0]?.start, tokens.at(-1)?.end);
  return ending === 'ellipsis' ? `${quoted} …`.trim() : quoted;
}

function quote(text: string, start = 0, end = start): string {
  const words = text
    .slice(start, Math.min(end, start + longestQuotation))
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}$/u, '');
  return end > start + longestQuotation ? `${words} …` : words;
}
