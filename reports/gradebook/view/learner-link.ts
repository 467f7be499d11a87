import type { ClassLearner } from '../../../runner/class-result.ts';

/** Where the learner's own page is, if that is a file beside or below the gradebook. */
export function learnerLink({ page }: ClassLearner): string | undefined {
  return page !== undefined && /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(page) ? page : undefined;
}
