import type { ClassLearner, ClassResult } from '../../runner/class-result.ts';

/** A learner's points of one stage; null when none of it could be judged. */
export function stagePoints(
  stage: ClassResult['lab']['stages'][number],
  learner: ClassLearner,
): number | null {
  const ids = new Set(stage.checks.map(({ id }) => id));
  const points = learner.checks.flatMap((check) =>
    ids.has(check.id) && check.points !== null ? check.points : [],
  );
  return points.length === 0 ? null : points.reduce((sum, one) => sum + one, 0);
}
