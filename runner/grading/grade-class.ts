/**
 * Grades a class: several learners side by side, each by themselves. Results go to disk one by one, so that a class of any size
 * takes the same memory, and a killed grading goes on where it was.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '../result.ts';
import { eachOf } from './each-of.ts';
import {
  type GradeLearnerOptions,
  gradeLearner,
  type LearnerOutcome,
  unjudgedChecks,
} from './grade-learner.ts';
import { beginOrGoOn, endGrading } from './grading-file.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { Learner, LearnerResult } from './learner-result.ts';

export interface GradeClassOptions<One extends Learner>
  extends Pick<GradeLearnerOptions<One>, 'lab' | 'openAccount' | 'ways' | 'patienceMs'> {
  readonly learners: readonly One[];
  /** The folder of the class. */
  readonly out: string;
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
  /** Documents for a learner's folder, by file name. */
  readonly documents?: (result: Result) => Promise<Readonly<Record<string, string>>>;
  /** Ends the grading after the learners that are under way; it can be gone on with. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GradingProgress) => void;
}

/** Told whenever a learner is settled. */
export interface GradingProgress {
  readonly learner: string;
  readonly status: LearnerResult['status'];
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
  const grading = await beginOrGoOn(out, lab);
  const asked = learners.filter(({ id }) => !only || only.includes(id));
  const progress = progressOf(asked.length, options.onProgress);
  let waiting: One[] = [];
  for (const learner of asked) {
    const last = await new LearnerFolder(out, learner.id).result();
    const settledBefore = last?.grading === grading.id && !(only && grading.begun === 'anew');
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
      const folder = new LearnerFolder(out, learner.id);
      const outcome = await gradeLearner({
        ...options,
        learner,
        keeping: folder.keeping(grading.id),
        timeLimitMs: options.timeLimitMs ?? usualTimeLimitMs,
      });
      if (outcome.passing && !isLast) {
        again.push(learner);
        return;
      }
      const result = await settle({
        options,
        folder,
        learner,
        outcome,
        grading: grading.id,
        tries: round + 1,
      });
      settled++;
      progress.settle(learner.id, result.status);
    });
    // In the roster's order, whoever was quicker.
    waiting = waiting.filter((learner) => again.includes(learner));
    if (waiting.length > 0 && !signal?.aborted)
      await delay(backOffMs[round] ?? 0, undefined, signal && { signal }).catch(() => undefined);
  }
  const finished = settled + left === asked.length;
  if (finished) await endGrading(out, grading.id, lab);
  return { grading: grading.id, settled, left, finished };
}

/** What grading came to for each learner, in the order asked, read one after the other; undefined where there is nothing. */
export async function* readLearnerResults(
  out: string,
  ids: Iterable<string>,
): AsyncGenerator<{ id: string; result: LearnerResult | undefined }> {
  for (const id of ids) yield { id, result: await new LearnerFolder(out, id).result() };
}

interface Settling<One extends Learner> {
  readonly options: GradeClassOptions<One>;
  readonly folder: LearnerFolder;
  readonly learner: One;
  readonly outcome: LearnerOutcome;
  readonly grading: string;
  readonly tries: number;
}

async function settle<One extends Learner>({
  options,
  folder,
  learner: { id, name, email, section, account },
  outcome: { result, problem },
  grading,
  tries,
}: Settling<One>): Promise<LearnerResult> {
  const status = !result ? 'not judged' : problem ? 'partly' : 'graded';
  if (!result) await folder.forget(grading);
  const earlier = (await folder.result())?.attempts ?? 0;
  const learner = { id, name, email, section, account };
  const settled: LearnerResult = {
    schema: 'labwright/learner/v1',
    grading,
    learner: Object.fromEntries(
      Object.entries(learner).filter(([, value]) => value !== undefined),
    ) as LearnerResult['learner'],
    status,
    ...(result && { score: { ...result.score, unjudged: unjudgedPoints(result) }, result }),
    ...(problem && { problem }),
    attempts: earlier + (status === 'graded' ? 1 : 0),
    tries,
    at: new Date().toISOString(),
  };
  const documents = result && options.documents ? await options.documents(result) : {};
  await folder.settle(settled, documents);
  return settled;
}

function unjudgedPoints(result: Result): number {
  return unjudgedChecks(result).reduce((sum, { max, points }) => sum + max - points, 0);
}

function progressOf(total: number, tell: GradeClassOptions<Learner>['onProgress']) {
  const started = performance.now();
  let skipped = 0;
  let settled = 0;
  return {
    skip() {
      skipped++;
    },
    settle(learner: string, status: LearnerResult['status']) {
      settled++;
      const elapsedMs = performance.now() - started;
      const eachMs = elapsedMs > 0 ? elapsedMs / settled : undefined;
      const done = skipped + settled;
      tell?.({
        learner,
        status,
        done,
        total,
        perMinute: eachMs && 60_000 / eachMs,
        leftMs: eachMs && eachMs * (total - done),
      });
    },
  };
}
