/**
 * Grades a class: several learners side by side, each by themselves. Results go to disk one by one, so that a class of any size
 * takes the same memory, and a killed grading goes on where it was.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { eachOf } from './each-of.ts';
import { type GradeOneOptions, gradeOne } from './grade-one.ts';
import { beginOrGoOn, endGrading } from './grading-file.ts';
import { type GradingProgress, progressOf } from './grading-progress.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { Learner, LearnerResult } from './learner-result.ts';
import { learnersLeft } from './learners-left.ts';
import { usualBackOffMs, usualTimeLimitMs } from './usual-limits.ts';

export interface GradeClassOptions<One extends Learner>
  extends Pick<GradeOneOptions<One>, 'lab' | 'out' | 'openAccount' | 'ways' | 'patienceMs' | 'documents'> {
  readonly learners: readonly One[];
  /** Learners side by side. Default 10. */
  readonly concurrency?: number;
  /** For one try of one learner, in milliseconds. Default five minutes. */
  readonly timeLimitMs?: number;
  /** Pauses before those are tried again whom passing trouble kept from being judged, in milliseconds. */
  readonly backOffMs?: readonly number[];
  /** Ids; only these learners are graded, also if they were before. */
  readonly only?: readonly string[];
  /** ISO 8601; who was fully judged at this time or later is left as is. */
  readonly since?: string;
  /** Done when all are settled, before the grading counts as ended: a kill in it leaves a grading that can be gone on with. */
  readonly conclude?: (grading: { readonly id: string; readonly startedAt: string }) => Promise<void>;
  /** Ends the grading after the learners that are under way; it can be gone on with. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GradingProgress) => void;
}

export interface GradedClass {
  /** Id of the grading. */
  readonly grading: string;
  /** Settled now. */
  readonly settled: number;
  /** Left as they were: settled before the program was killed, or fully judged since the time that was named. */
  readonly left: number;
  readonly finished: boolean;
}

/**
 * Goes on with a grading of this lab file that did not end, or begins another.
 *
 * @throws file errors: what cannot be written is not graded
 */
export async function gradeClass<One extends Learner>(options: GradeClassOptions<One>): Promise<GradedClass> {
  const { out, backOffMs = usualBackOffMs, signal } = options;
  const grading = await beginOrGoOn(out, options);
  const { asked, left, skipped } = await learnersLeft(options, grading);
  const progress = progressOf(asked, options.onProgress);
  progress.skip(skipped);
  let waiting: readonly One[] = left;
  let settled = 0;
  for (let round = 0; waiting.length > 0 && !signal?.aborted; round++) {
    const isLast = round >= backOffMs.length;
    const again: One[] = [];
    await eachOf(waiting, options.concurrency ?? 10, signal, async (learner) => {
      const result = await gradeOne({
        ...options,
        learner,
        grading: grading.id,
        tries: round + 1,
        isLastTry: isLast,
        timeLimitMs: options.timeLimitMs ?? usualTimeLimitMs,
      });
      if (result === undefined) {
        again.push(learner);
        return;
      }
      settled++;
      progress.settle(result);
    });
    // In the roster's order, whoever was quicker.
    waiting = waiting.filter((learner) => again.includes(learner));
    if (waiting.length > 0 && !signal?.aborted)
      await delay(backOffMs[round] ?? 0, undefined, signal && { signal }).catch(() => undefined);
  }
  const finished = settled + skipped === asked;
  if (finished) {
    await options.conclude?.(grading);
    await endGrading(out, grading);
  }
  return { grading: grading.id, settled, left: skipped, finished };
}

/** What grading came to for each learner, in the order asked, read one after the other; undefined where there is nothing. */
export async function* readLearnerResults(
  out: string,
  ids: Iterable<string>,
): AsyncGenerator<{ id: string; result: LearnerResult | undefined }> {
  for (const id of ids) yield { id, result: await new LearnerFolder(out, id).result() };
}
