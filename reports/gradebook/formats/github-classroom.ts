import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { checksWithStages } from '../checks-with-stages.ts';

/**
 * The step output `result` of an autograder of the former GitHub Classroom, base64, as
 * classroom-resources/autograding-grading-reporter reads it. Every test has a score: without one the reporter sums to NaN. What
 * could not be judged makes the status `error`, which fails the job instead of counting zero.
 */
export function githubClassroomResult(input: ClassResult, of: ClassLearner): string {
  const { lab } = cleanJson(input);
  const learner = cleanJson(of);
  const tests = checksWithStages(lab, learner).map(({ stage, check, finding }) => ({
    name: `${stage.title}: ${check.title}`,
    status: finding.verdict === 'pass' ? 'pass' : finding.points === null ? 'error' : 'fail',
    message: finding.verdict === 'pass' ? '' : finding.message,
    test_code: check.check,
    filename: '',
    line_no: 0,
    duration: finding.durationMs ?? 0,
    score: finding.points ?? 0,
  }));
  const error = learner.points === null || tests.some(({ status }) => status === 'error');
  const result = {
    version: 1,
    status: error ? 'error' : tests.every(({ status }) => status === 'pass') ? 'pass' : 'fail',
    max_score: lab.max,
    tests:
      tests.length > 0
        ? tests
        : [
            {
              name: lab.title,
              status: 'error',
              message: learner.error?.message ?? 'Nothing could be judged.',
              test_code: '',
              filename: '',
              line_no: 0,
              duration: 0,
              score: 0,
            },
          ],
  };
  return Buffer.from(JSON.stringify(result)).toString('base64');
}
