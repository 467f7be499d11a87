import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { checksWithStages } from '../checks-with-stages.ts';

/** What Classroom 50 gives its autograder in the environment, under the names it has there. */
export interface Classroom50Submission {
  readonly CLASSROOM: string;
  readonly ASSIGNMENT: string;
  readonly ASSIGNMENT_TYPE: 'individual' | 'group';
  readonly OWNER: string;
  /** Begins with `submit/`. */
  readonly SUBMISSION_TAG: string;
  readonly COMMIT_URL: string;
  readonly RELEASE_URL: string;
  readonly REVIEW_URL: string;
}

/**
 * `result.json` of Classroom 50 (schemas/result-v1.schema.json). Its scores are whole numbers, so fractions are scaled, all by the same
 * factor. Undefined when nothing could be judged: then the autograder has to end with an error, and writes no file.
 */
export function classroom50Json(
  input: ClassResult,
  of: ClassLearner,
  submission: Classroom50Submission,
): string | undefined {
  const { lab } = cleanJson(input);
  const learner = cleanJson(of);
  if (learner.points === null) return undefined;
  const checks = checksWithStages(lab, learner);
  const numbers = [
    learner.points,
    lab.max,
    ...checks.flatMap(({ check, finding }) => [check.max, finding.points ?? 0]),
  ];
  const factor =
    [1, 2, 4, 5, 10, 20, 50].find((one) => numbers.every((number) => isWhole(number * one))) ?? 100;
  const whole = (points: number) => Math.round(points * factor);
  const result = {
    schema: 'classroom50/result/v1',
    classroom: submission.CLASSROOM,
    assignment: submission.ASSIGNMENT,
    assignment_type: submission.ASSIGNMENT_TYPE,
    owner: submission.OWNER,
    submission: submission.SUBMISSION_TAG,
    commit: submission.COMMIT_URL,
    release: submission.RELEASE_URL,
    review: submission.REVIEW_URL,
    datetime: new Date(learner.judgedAt ?? input.finishedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    score: whole(learner.points),
    'max-score': whole(lab.max),
    tests: checks.map(({ stage, check, finding }) => ({
      'test-name': `${stage.title}: ${check.title}`,
      passed: finding.verdict === 'pass',
      score: whole(finding.points ?? 0),
      // What could not be judged is worth nothing either way.
      'max-score': finding.points === null ? 0 : whole(check.max),
      verdict: finding.verdict,
      message: finding.message,
      ...(finding.hint !== undefined && { hint: finding.hint }),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function isWhole(number: number): boolean {
  return Math.abs(number - Math.round(number)) < 1e-9;
}
