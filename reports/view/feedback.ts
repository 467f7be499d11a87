/** What the learner is told under an answer: what is there, what is missing, and what is not so. */
import type { AnswerFeedback } from '../../runner/result.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { pointsText } from './verdict.ts';

export interface FeedbackView {
  readonly lead: string;
  readonly needsLook: boolean;
  /** Sentences that were begun and left, the learner's words. */
  readonly unfinished: readonly string[];
  /** Each with the learner's words that showed it. */
  readonly present: readonly { readonly about: string; readonly words: string }[];
  readonly missing: readonly string[];
  readonly misconceptions: readonly {
    readonly said: string;
    readonly correction: string;
    readonly link: string | undefined;
  }[];
}

type State = AnswerFeedback['state'];

const leads: Record<Exclude<State, 'unanswered' | 'answered'>, string> = {
  misconception: 'Something here is not so.',
  stub: 'This is only begun.',
  'cut-off': 'A sentence stops before its end.',
  thin: 'A beginning; a few words more would show what you know.',
  incomplete: 'A good part is there.',
  complete: 'Everything that was asked for is there.',
};

/** Undefined for a question without an answer, and for one to which any finished answer is right. */
export function feedbackView(feedback: AnswerFeedback): FeedbackView | undefined {
  const { state, points, max, present, missing, misconceptions, unfinished } = feedback;
  if (state === 'unanswered' || state === 'answered') return undefined;
  const lead = state === 'incomplete' && present.length === 0 ? 'Not much of it is there yet.' : leads[state];
  return {
    lead: max > 0 ? `${lead} ${pointsText(points)} of ${pointsText(max)} for what it names.` : lead,
    needsLook: state !== 'complete',
    unfinished,
    present: present.map(({ about, words }) => ({ about, words })),
    missing: missing.map(({ message }) => message),
    misconceptions: misconceptions.map(({ said, correction, link }) => ({
      said,
      correction,
      link: link !== undefined && isSafeLink(link) ? link : undefined,
    })),
  };
}
