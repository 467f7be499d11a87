import { classOfOne } from '../../reports/gradebook/class-of-one.ts';
import type { ClassLearner, ClassResult } from '../../runner/class-result.ts';
import type { Result } from '../../runner/result.ts';

/** A learner's result as a class of one, which says what could not be judged: platforms show points and no more. */
export function classOfOneJudged(
  result: Result,
  { id, email }: { readonly id: string; readonly email?: string },
): { readonly one: ClassResult; readonly of: ClassLearner } {
  const one = classOfOne(result, { id, ...(email !== undefined && { email }) });
  const [of] = one.learners;
  if (!of) throw new Error('A class of one has a learner.');
  if (of.unjudged === 0) return { one, of };
  const why = `Checks worth ${of.unjudged} points could not be judged: they are not lost. Hand in again, or ask your instructor.`;
  return { one, of: { ...of, why: [...of.why, why] } };
}
