import type { Stood } from '../recording/recording.ts';
import type { CheckResult, Result } from '../result.ts';
import { byPlace } from './check-changes.ts';

/**
 * A result in which nothing is lost by not being judged: where a check says neither pass nor fail, the points stay that were
 * earned before, as far as the check still gives as many.
 *
 * @param before what was said when the points were earned
 */
export function keepEarned(result: Result, before: readonly Stood[]): Result {
  const earlier = byPlace(before);
  const placed = byPlace(
    result.stages.flatMap(({ id, checks }) => checks.map((check) => ({ ...check, stage: id }))),
  );
  const kept = new Map<string, CheckResult[]>();
  for (const [place, { stage, ...check }] of placed) {
    const judged = check.verdict === 'pass' || check.verdict === 'fail';
    const earned = judged ? 0 : Math.min(earlier.get(place)?.points ?? 0, check.max);
    kept.set(stage, [...(kept.get(stage) ?? []), { ...check, points: Math.max(check.points, earned) }]);
  }
  const stages = result.stages.map((stage) => {
    const checks = kept.get(stage.id) ?? [];
    return { ...stage, checks, points: sum(checks) };
  });
  return { ...result, stages, score: { ...result.score, points: sum(stages) } };
}

function sum(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((total, { points }) => total + points, 0);
}
