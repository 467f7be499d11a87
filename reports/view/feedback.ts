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
  /** An instructor's own judgement. */
  readonly override: OverrideView | undefined;
}

interface OverrideView {
  /** One sentence: what was judged, and by whom. */
  readonly said: string;
  readonly reason: string;
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
  const override = feedback.override && overrideView(feedback.override, max);
  if (state === 'unanswered' || state === 'answered') {
    if (!override) return undefined;
    const lead = state === 'answered' ? 'This is answered.' : 'Not answered yet.';
    return { ...nothingFound, lead, needsLook: feedback.override?.verdict !== 'accepted', override };
  }
  const lead = state === 'incomplete' && present.length === 0 ? 'Not much of it is there yet.' : leads[state];
  return {
    lead: max > 0 ? `${lead} ${pointsText(points)} of ${pointsText(max)} for what it names.` : lead,
    needsLook:
      feedback.override?.verdict === undefined
        ? state !== 'complete'
        : feedback.override.verdict === 'not accepted',
    unfinished,
    present: present.map(({ about, words }) => ({ about, words })),
    missing: missing.map(({ message }) => message),
    misconceptions: misconceptions.map(({ said, correction, link }) => ({
      said,
      correction,
      link: link !== undefined && isSafeLink(link) ? link : undefined,
    })),
    override,
  };
}

const nothingFound = { unfinished: [], present: [], missing: [], misconceptions: [] };

function overrideView(
  { verdict, points, dismissed, reason, by }: NonNullable<AnswerFeedback['override']>,
  max: number,
): OverrideView {
  const what = [
    ...(verdict ? [verdict === 'accepted' ? 'The answer is accepted' : 'The answer is not accepted'] : []),
    ...(dismissed.length > 0 ? [`not held to be in it: ${dismissed.join(', ')}`] : []),
    ...(max > 0 ? [`${pointsText(points)} of ${pointsText(max)}`] : []),
  ];
  return { said: `${by} judged this answer: ${what.join('; ')}.`, reason };
}
