/**
 * Grades a class: several learners side by side, each by themselves. Results go to disk one by one, so that a class of any size
 * takes the same memory, and a killed grading goes on where it was.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { eachOf } from './each-of.ts';
import { type GradeOneOptions, gradeOne } from './grade-one.ts';
import { beginOrGoOn, endGrading } from './grading-file.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { Learner, LearnerResult } from './learner-result.ts';

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

export interface GradedClass {
  /** Id of the grading. */
  readonly grading: string;
  /** Settled now. */
  readonly settled: number;
  /** Left as they were: settled before the program was killed, or fully judged since the time that was named. */
  readonly left: number;
  readonly finished: boolean;
}

const usualTimeLimitMs = 5 * 60_000;
const usualBackOffMs = [5_000, 30_000];

/**
 * Goes on with a grading of this lab file that did not end, or begins another.
 *
 * @throws file errors: what cannot be written is not graded
 */
export async function gradeClass<One extends Learner>(options: GradeClassOptions<One>): Promise<GradedClass> {
  const { lab, learners, out, only, since, backOffMs = usualBackOffMs, signal } = options;
  const grading = await beginOrGoOn(out, { lab, only });
  const asked = learners.filter(({ id }) => !only || only.includes(id));
  const progress = progressOf(asked.length, options.onProgress);
  let waiting: One[] = [];
  for (const learner of asked) {
    const last = await new LearnerFolder(out, learner.id).result();
    // Also by a grading of some learners that came in between.
    const settledBefore = last && (last.grading === grading.id || last.at >= grading.startedAt);
    const isRecent =
      since !== undefined && last?.status === 'graded' && Date.parse(last.at) >= Date.parse(since);
    if (last && (settledBefore || isRecent)) progress.skip();
    else waiting.push(learner);
  }
  const left = asked.length - waiting.length;
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
  const finished = settled + left === asked.length;
  if (finished) {
    await options.conclude?.(grading);
    await endGrading(out, grading);
  }
  return { grading: grading.id, settled, left, finished };
}

/** What grading came to for each learner, in the order asked, read one after the other; undefined where there is nothing. */
export async function* readLearnerResults(
  out: string,
  ids: Iterable<string>,
): AsyncGenerator<{ id: string; result: LearnerResult | undefined }> {
  for (const id of ids) yield { id, result: await new LearnerFolder(out, id).result() };
}

function progressOf(total: number, tell: GradeClassOptions<Learner>['onProgress']) {
  const started = performance.now();
  let skipped = 0;
  let settled = 0;
  return {
    skip() {
      skipped++;
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
