/** How much a sentence looks like part of the answer to a question. */
import { findPattern } from '../answers/find-pattern.ts';
import { parsePattern } from '../answers/pattern.ts';
import { readSentences, type Sentence } from '../answers/sentences.ts';
import { stemOf } from '../answers/stem.ts';
import type { Question } from '../lab/schema.ts';
import { contentStems } from './likeness.ts';

/** Words that stand for one another between a question and its answer. */
const kin = [
  'prove confirm show demonstrate highlight conclude verify validate',
  'hard hardest difficult difficulty challenging challenge tricky struggle',
  'choose select pick decide set chosen',
  'happen encounter error result receive notice',
  'give grant attach permit permission assign',
  'goal purpose aim objective expectation',
  'take took taken',
  'meet met achieve fulfil',
  'see observe visible view notice',
  'try tried retry retried attempt again',
  'still despite although though',
  'differ different difference compare contrast whereas',
  'matter important importance essential crucial',
  'learn learnt understand gain',
  'good great ideal useful perfect fast',
  'option kind type choice category',
].map((row) => row.split(' ').map((word) => stemOf(word)));

/** What the beginning of a question makes likely in its answer. */
const cues: readonly { readonly asks: RegExp; readonly says: RegExp }[] = [
  {
    asks: /\bhow (?:long|much time)\b/i,
    says: /\b(?:\d+(?:[.,]\d+)?\s?|an? |one |two |three |few |several )(?:h|hours?|hrs?|m|min|minutes?|days?|weeks?)\b/i,
  },
  { asks: /\bwhy\b/i, says: /\b(?:because|since|so that|in order to|due to|reason)\b/i },
];

/** What a sentence is about mostly stands at its beginning. */
const topicWords = 3;

/** A question, prepared for being compared with many sentences. */
export interface Candidate {
  readonly id: string;
  /** Weight by stem: less for words that other questions ask with as well. */
  readonly words: ReadonlyMap<string, number>;
  readonly concepts: readonly { readonly weight: number; readonly matches: (s: Sentence) => boolean }[];
  readonly prompt: string;
  /** Whether the learner is asked for something they did. */
  readonly asksForDeed: boolean;
}

/** @param questions those among which a sentence has its place */
export function candidatesOf(questions: readonly Question[]): Candidate[] {
  const asked = questions.map((question) => new Set(vocabularyOf(question)));
  return questions.map((question, index) => {
    const words = new Map<string, number>();
    const asking = new Set(withKin(contentStems(`${question.id.replaceAll('-', ' ')}. ${question.prompt}`)));
    for (const stem of asked[index] ?? []) {
      const sharing = asked.filter((one) => one.has(stem)).length;
      words.set(
        stem,
        sharing === questions.length && sharing > 1 ? 0 : (asking.has(stem) ? 1 : 0.6) / sharing,
      );
    }
    const concepts = question.expects?.concepts ?? [];
    return {
      id: question.id,
      words,
      concepts: concepts.map(({ points, patterns }) => {
        const parsed = patterns.map((one) => parsePattern(one));
        return {
          weight: points,
          matches: (sentence) => parsed.some((one) => findPattern(one, sentence) !== undefined),
        };
      }),
      prompt: question.prompt,
      asksForDeed: sentencesOf(question.prompt).every((one) => /\b(?:did|will) you\b/i.test(one)),
    };
  });
}

function sentencesOf(prompt: string): string[] {
  return prompt.split(/(?<=[.?!])\s+/);
}

function vocabularyOf({ id, prompt, expects }: Question): string[] {
  const abouts = (expects?.concepts ?? []).map((concept) => concept.about);
  return withKin(contentStems([id.replaceAll('-', ' '), prompt, ...abouts].join('. ')));
}

function withKin(stems: readonly string[]): string[] {
  return stems.flatMap((stem) => [stem, ...kin.filter((row) => row.includes(stem)).flat()]);
}

/** For each candidate, from 0; only how they compare means something. */
export function belonging(text: string, candidates: readonly Candidate[]): number[] {
  const { sentences } = readSentences(text);
  const stems = contentStems(text);
  const topic = new Set(stems.slice(0, topicWords));
  const hits = candidates.map(({ concepts }) =>
    concepts.map(({ matches }) => sentences.some((sentence) => matches(sentence))),
  );
  const firstPerson = /\b(?:I|we|my|our)\b/.test(text);
  return candidates.map(({ words, concepts, prompt, asksForDeed }, index) => {
    let score = 0;
    for (const stem of new Set(stems)) score += (words.get(stem) ?? 0) * (topic.has(stem) ? 1.6 : 1);
    const named = concepts.reduce((sum, { weight }, at) => sum + (hits[index]?.[at] ? weight : 0), 0);
    // Questions of which more is expected have no better claim.
    score += 1.2 * Math.sqrt(named);
    for (const { asks, says } of cues) if (asks.test(prompt) && says.test(text)) score += 1;
    if (asksForDeed && /^\W*(?:I|We)\b/.test(text)) score += 1.5;
    // What was done is told in the first person; what is so, mostly not.
    return asksForDeed && !firstPerson ? score / 2 : score;
  });
}
