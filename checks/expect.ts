/** The two ways for a check to fail: an expectation that does not hold, and a thing that is not there. */
import { AssertionError, expect as chaiExpect } from 'chai';
import type { Explanation } from '../policy/explanation/explanation.ts';
import { acrossCopies } from './across-copies.ts';
import { isAbsent } from './call.ts';

/** chai's `expect`, its message mandatory: the sentence that the learner reads. */
export type Expect = (actual: unknown, sentence: string) => ReturnType<typeof chaiExpect>;

/** The learner's work is not there. Carries what a report shows. */
export class Failed extends Error {
  readonly expected: unknown;
  readonly actual: unknown;
  /** Why access is as it is, and how that could be changed. */
  readonly explanation: Explanation | undefined;
  /** What may have been meant instead, sentences for the hint. */
  readonly nearMisses: readonly string[];

  static {
    acrossCopies(Failed, 'Failed');
  }

  /** @param sentence what was seen, for the learner */
  constructor(sentence: string, more: Partial<Omit<Failed, keyof Error>> = {}) {
    super(sentence);
    this.name = 'Failed';
    this.expected = more.expected;
    this.actual = more.actual;
    this.explanation = more.explanation;
    this.nearMisses = more.nearMisses ?? [];
  }
}

/** `expect` for one run of a check, and the translation of its failures into the sentences that belong to them. */
export function createExpect(): { expect: Expect; toFailed(error: unknown): Failed | undefined } {
  const sentences: string[] = [];
  return {
    expect(actual, sentence) {
      sentences.push(sentence);
      return chaiExpect(actual, sentence);
    },
    toFailed(error) {
      if (error instanceof Failed) return error;
      if (!(error instanceof AssertionError)) return undefined;
      // chai appends its own wording (": expected 'A' to equal 'B'"); the learner reads the sentence alone.
      const sentence = sentences.findLast((candidate) => error.message.startsWith(`${candidate}: `));
      const { expected, actual } = error as { expected?: unknown; actual?: unknown };
      return new Failed(sentence ?? error.message, { expected, actual });
    },
  };
}

/** Waits for an answer; "not there" becomes a failure with the sentence, and with what `nearMisses` finds. */
export async function found<Value>(
  answer: Promise<Value>,
  sentence: string,
  nearMisses: () => Promise<readonly string[]> = async () => [],
): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (isAbsent(error)) throw new Failed(sentence, { nearMisses: await nearMisses() });
    throw error;
  }
}
