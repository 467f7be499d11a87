import type { ClassLearner, ClassResult } from '../../runner/class-result.ts';
import type { Result } from '../../runner/result.ts';

/** A single result as a class with one learner in it, for the outputs that tell of one. No policy is applied. */
export function classOfOne(
  result: Result,
  learner: Pick<ClassLearner, 'id' | 'name' | 'email'>,
): ClassResult {
  const { lab, stages, score, account, startedAt, finishedAt } = result;
  const checks = stages.flatMap((stage) =>
    stage.checks.map((check, index) => ({
      id: `${stage.id}/${index}`,
      verdict: check.verdict,
      points: check.verdict === 'error' && check.points === 0 ? null : check.points,
      message: check.message,
      ...(check.hint !== undefined && { hint: check.hint }),
      durationMs: check.durationMs,
      max: check.max,
    })),
  );
  const judged = checks.some(({ points }) => points !== null);
  return {
    schema: 'labwright/class/v1',
    lab: {
      id: lab.id,
      title: lab.title,
      digest: lab.digest,
      max: score.max,
      stages: stages.map(({ id, title, max, checks: ofStage }) => ({
        id,
        title,
        max,
        checks: ofStage.map((check, index) => ({
          id: `${id}/${index}`,
          check: check.check,
          title: check.title,
          max: check.max,
        })),
      })),
    },
    startedAt,
    finishedAt,
    learners: [
      {
        ...learner,
        account: account.id,
        params: result.params,
        points: judged ? score.points : null,
        before: judged ? score.points : null,
        unjudged: checks.filter(({ points }) => points === null).reduce((sum, { max }) => sum + max, 0),
        why: [],
        lateSeconds: 0,
        lateDaysUsed: 0,
        attempts: 1,
        judgedAt: startedAt,
        checks: checks.map(({ max: _, ...check }) => check),
      },
    ],
  };
}
