/** Grades one learner of a class, and writes what came of it into the learner's folder. */
import type { Lab } from '../lab/lab.ts';
import type { Result } from '../result.ts';
import { type GradeLearnerOptions, gradeLearner, type LearnerOutcome } from './grade-learner.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { Learner, LearnerResult } from './learner-result.ts';
import { unjudgedSteps } from './unjudged-steps.ts';

export interface GradeOneOptions<One extends Learner> extends Omit<GradeLearnerOptions<One>, 'keeping'> {
  /** The folder of the class. */
  readonly out: string;
  /** Id of the grading. */
  readonly grading: string;
  /** Which try this is, from 1. */
  readonly tries: number;
  /** Whether the learner is settled also where passing trouble was in the way. */
  readonly isLastTry: boolean;
  /** Documents for the learner's folder, by file name. */
  readonly documents?: (result: Result) => Promise<Readonly<Record<string, string>>>;
}

/**
 * A learner who is graded again under the same grading's id is graded over the same files, and not as another attempt.
 *
 * @returns undefined where nothing was settled, because trying again later may help
 * @throws file errors: what cannot be written is not graded
 */
export async function gradeOne<One extends Learner>(
  options: GradeOneOptions<One>,
): Promise<LearnerResult | undefined> {
  const folder = new LearnerFolder(options.out, options.learner.id);
  const outcome = await gradeLearner({ ...options, keeping: folder.keeping(options.grading) });
  if (outcome.passing && !options.isLastTry) return undefined;
  return settle(folder, outcome, options);
}

async function settle<One extends Learner>(
  folder: LearnerFolder,
  { result, problem }: LearnerOutcome,
  { lab, learner: { id, name, email, section, account }, grading, tries, documents }: GradeOneOptions<One>,
): Promise<LearnerResult> {
  const status = !result ? 'not judged' : problem ? 'partly' : 'graded';
  if (!result) await folder.forget(grading);
  const last = await folder.result();
  const isAgain = last?.grading === grading && last.status === 'graded';
  const earlier = (last?.attempts ?? 0) - (isAgain ? 1 : 0);
  const learner = { id, name, email, section, account };
  const settled: LearnerResult = {
    schema: 'labwright/learner/v1',
    grading,
    learner: Object.fromEntries(
      Object.entries(learner).filter(([, value]) => value !== undefined),
    ) as LearnerResult['learner'],
    status,
    ...(result && { score: { ...result.score, unjudged: unjudgedPoints(lab, result) }, result }),
    ...(problem && { problem }),
    attempts: earlier + (status === 'graded' ? 1 : 0),
    tries,
    at: new Date().toISOString(),
  };
  await folder.settle(settled, result && documents ? await documents(result) : {});
  return settled;
}

/** What checks are worth that are neither earned nor lost. */
function unjudgedPoints(lab: Lab, result: Result): number {
  const unjudged = unjudgedSteps(lab, result);
  return result.stages
    .flatMap(({ id, checks }) => checks.filter((_, index) => unjudged.has(`${id}/${index}`)))
    .reduce((sum, { max, points }) => sum + max - points, 0);
}
