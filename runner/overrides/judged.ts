/** Puts an instructor's judgement beside what was found of an answer. */
import { type AnswerQuestion, gradeAnswer } from '../answers/grade-answer.ts';
import type { AnswerFeedback } from '../result.ts';
import type { Override } from './overrides.ts';

/** The feedback with the judgement under `override`; what was found stays as it is. Pure. */
export function judged(
  question: AnswerQuestion,
  answer: string | undefined,
  feedback: AnswerFeedback,
  { verdict, points, dismiss, reason, by }: Override,
): AnswerFeedback {
  return {
    ...feedback,
    override: {
      ...(verdict && { verdict }),
      points: points ?? pointsWithout(dismiss, question, answer) ?? feedback.points,
      dismissed: dismiss,
      reason,
      by,
    },
  };
}

/** The points when these misconceptions cost nothing. */
function pointsWithout(
  dismissed: readonly string[],
  { prompt, expects }: AnswerQuestion,
  answer: string | undefined,
): number | undefined {
  if (!expects || dismissed.length === 0) return undefined;
  const misconceptions = expects.misconceptions.filter(({ id }) => !dismissed.includes(id));
  return gradeAnswer({ prompt, expects: { ...expects, misconceptions } }, answer).points;
}
