import type { GradingProgress } from '../runner/grading/grading-progress.ts';
import type { Lab } from '../runner/lab/lab.ts';
import type { GradeClassOptions, GradedClass } from './grading/grade-class-options.ts';
import { Run } from './run.ts';

/**
 * Grades a class, as `labwright grade` does: each event is a learner who is settled. What an account does is in the result, trouble as
 * well: it is never thrown.
 *
 * @returns at once; its `done` rejects with PlanError where nobody can be graded, with LabProblems for policy and overrides, with
 * CallError where the instructor has no credentials that work, with file errors, and with the signal's reason
 */
export function gradeClass(lab: Lab, options: GradeClassOptions): Run<GradingProgress, GradedClass> {
  return new Run(async (tell, signal) => {
    const { gradeRoster } = await import('./grading/grade-roster.ts');
    return gradeRoster(lab, { ...options, signal }, tell);
  }, options.signal);
}
