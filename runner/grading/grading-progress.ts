import type { LearnerResult } from './learner-result.ts';

/** Told whenever a learner is settled. */
export interface GradingProgress {
  readonly learner: string;
  readonly status: LearnerResult['status'];
  readonly score: LearnerResult['score'];
  /** Learners settled, those of a killed run that this one goes on with included. */
  readonly done: number;
  readonly total: number;
  /** Of this process, up to now; undefined until it can be told. */
  readonly perMinute: number | undefined;
  /** Undefined until it can be told. */
  readonly leftMs: number | undefined;
}

export function progressOf(total: number, tell: ((progress: GradingProgress) => void) | undefined) {
  const started = performance.now();
  let skipped = 0;
  let settled = 0;
  return {
    /** Learners who need not be graded. */
    skip(count: number) {
      skipped += count;
    },
    settle({ learner, status, score }: LearnerResult) {
      settled++;
      const elapsedMs = performance.now() - started;
      const eachMs = elapsedMs > 0 ? elapsedMs / settled : undefined;
      const done = skipped + settled;
      tell?.({
        learner: learner.id,
        status,
        score,
        done,
        total,
        perMinute: eachMs && 60_000 / eachMs,
        leftMs: eachMs && eachMs * (total - done),
      });
    },
  };
}
