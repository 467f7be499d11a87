import type { ClassLearner } from '../../../runner/class-result.ts';

/** Where the learner's own page is, if that is a file beside or below the gradebook. Folders are named after learners' ids. */
export function learnerLink({ page }: ClassLearner): string | undefined {
  if (page === undefined || !/^[\w%@+-][\w%@+.-]*(?:\/[\w%@+-][\w%@+.-]*)*$/.test(page)) return undefined;
  return page.split('/').map(encodeURIComponent).join('/');
}
