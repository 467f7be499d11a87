/** Judges one learner's account for an autograder, which has no folder to keep attempts in. */
import { setTimeout as delay } from 'node:timers/promises';
import { type GradeLearnerOptions, gradeLearner, type LearnerOutcome } from '../grading/grade-learner.ts';
import type { Learner } from '../grading/learner-result.ts';
import { usualBackOffMs } from '../grading/usual-limits.ts';
import type { Result } from '../result.ts';
import type { Attempt } from '../state/attempt.ts';
import type { Keeping } from '../state/state-folder.ts';

export interface JudgeByRoleOptions<One extends Learner>
  extends Pick<GradeLearnerOptions<One>, 'lab' | 'learner' | 'openAccount' | 'ways'> {
  /** What was found before, oldest first. */
  readonly earlier: readonly Attempt[];
}

/** For one try, in milliseconds: autograders have a time limit of their own, which ends them without a word. */
const timeLimitMs = 120_000;

/**
 * Passing trouble is tried again with growing pauses. What stays passing is no result: it would cost points that the learner may have.
 *
 * @returns `attempt`: what this run found, to be given as one of `earlier` the next time
 */
export async function judgeByRole<One extends Learner>(
  options: JudgeByRoleOptions<One>,
): Promise<{ readonly result: Result; readonly attempt: Attempt } | { readonly problem: string }> {
  let outcome: LearnerOutcome;
  let attempt: Attempt | undefined;
  for (let round = 0; ; round++) {
    attempt = undefined;
    const keeping: Keeping = {
      attempts: async () => ({ attempts: [...options.earlier], unreadable: 0 }),
      addAttempt: async (made) => {
        attempt = withoutEvidence(made);
      },
      addRecording: async () => undefined,
      answers: async () => ({}),
      additions: async () => undefined,
    };
    outcome = await gradeLearner({ ...options, keeping, timeLimitMs });
    const pause = usualBackOffMs[round];
    if (!outcome.passing || pause === undefined) break;
    await delay(pause);
  }
  const { result, problem, passing } = outcome;
  if (result && attempt && !passing) return { result, attempt };
  const told = [problem?.message ?? 'The account could not be judged.', problem?.advice];
  return { problem: told.filter((one) => one !== undefined).join(' ') };
}

/** What was read in the account is not for somebody else's records. */
function withoutEvidence(attempt: Attempt): Attempt {
  const findings = Object.entries(attempt.findings).map(([id, finding]) => [
    id,
    { ...finding, evidence: [] },
  ]);
  return { ...attempt, findings: Object.fromEntries(findings) };
}
