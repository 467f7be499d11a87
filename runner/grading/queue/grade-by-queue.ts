/** Grades a class by workers: puts each learner into the queue, and takes in what comes back. */
import { setTimeout as delay } from 'node:timers/promises';
import { type JobType, Queue } from 'bullmq';
import type { GradeClassOptions, GradedClass } from '../grade-class.ts';
import { beginOrGoOn, endGrading, lastGradings } from '../grading-file.ts';
import { progressOf } from '../grading-progress.ts';
import { LearnerFolder } from '../learner-folder.ts';
import type { Learner, LearnerResult } from '../learner-result.ts';
import { learnersLeft } from '../learners-left.ts';
import { usualBackOffMs, usualTimeLimitMs } from '../usual-limits.ts';
import { jobOf } from './job-of.ts';
import { QueueProblem } from './queue-problem.ts';
import { jobId, type QueuedJob, type QueuedOutcome, queueName } from './queued-learner.ts';
import type { RedisAddress } from './redis-address.ts';
import { lastingConnection, reachRedis } from './redis-connection.ts';
import { takeIn } from './take-in.ts';
import { watchRedis } from './watch-redis.ts';

export interface GradeByQueueOptions<One extends Learner>
  extends Omit<GradeClassOptions<One>, 'openAccount' | 'documents' | 'concurrency'> {
  readonly address: RedisAddress;
  /** Whether temporary access keys of the test user may be made. Default no. */
  readonly keys?: boolean;
  /** Trouble with Redis, nobody who works: one sentence. */
  readonly onNote?: (message: string) => void;
}

export interface GradedByQueue extends GradedClass {
  /** Learners whom no worker could grade, with the reason of the last; they are put into the queue again the next time. */
  readonly deadLetters: readonly { readonly learner: string; readonly reason: string }[];
}

/** How often it is looked whether something came back, in milliseconds. */
const lookMs = 250;
/** Every so many looks it is made sure that everybody who is left is in the queue: Redis may have come back empty. */
const looksBetweenAudits = 20;
/** Looks after which nobody working is told. */
const patientLooks = 20;

type Jobs = Queue<QueuedJob, QueuedOutcome>;

/**
 * Goes on with a grading of this lab file that did not end, or begins another. It may be killed and called again; workers go on meanwhile.
 *
 * @throws QueueProblem when there is no such Redis; file errors
 */
export async function gradeByQueue<One extends Learner>(
  options: GradeByQueueOptions<One>,
): Promise<GradedByQueue> {
  const { address, out, signal, onNote = () => undefined } = options;
  await reachRedis(address);
  const queue: Jobs = new Queue(queueName, {
    connection: lastingConnection(address),
    // Nobody listens to events, and those of ended jobs hold all that came back.
    streams: { events: { maxLen: 1 } },
  });
  const watch = watchRedis(address, onNote);
  watch.over(queue);
  // Whoever waits for an answer of a Redis that is away can be interrupted.
  const interrupted = new Promise<'interrupted'>((resolve) => {
    if (signal?.aborted) resolve('interrupted');
    signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
  try {
    const before = await lastGradings(out);
    const grading = await beginOrGoOn(out, options);
    const { left, skipped, asked } = await learnersLeft(options, grading);
    const progress = progressOf(asked, options.onProgress);
    progress.skip(skipped);
    const queued = new QueuedClass(queue, options, grading.id, left);
    let settled = 0;
    const work = async () => {
      for (const id of before) if (id !== grading.id) await queued.forget(id);
      await queued.buryNobody();
      for (let look = 0; queued.isOpen && !signal?.aborted; look++) {
        if (look % looksBetweenAudits === 0) await queued.fill();
        for await (const result of queued.comeBack()) {
          settled++;
          progress.settle(result);
        }
        if (look === patientLooks && settled === 0 && (await nobodyWorks(queue)))
          onNote(`Nobody works at the queue yet. On each machine: labwright worker --queue ${address.shown}`);
        if (queued.isOpen) await delay(lookMs, undefined, signal && { signal }).catch(() => undefined);
      }
    };
    const working = work();
    // When it was interrupted, what the closed connection says is of no interest.
    working.catch(() => undefined);
    await Promise.race([working, interrupted]);
    const finished = settled + skipped === asked;
    if (finished) {
      await options.conclude?.(grading);
      await endGrading(out, grading);
    }
    return { grading: grading.id, settled, left: skipped, finished, deadLetters: queued.deadLetters };
  } finally {
    watch.close();
    await queue.disconnect().catch(() => undefined);
    await queue.close().catch(() => undefined);
  }
}

/** The learners of one grading who are in the queue. */
class QueuedClass<One extends Learner> {
  readonly deadLetters: { learner: string; reason: string }[] = [];
  readonly #queue: Jobs;
  readonly #options: GradeByQueueOptions<One>;
  readonly #grading: string;
  readonly #open: Map<string, One>;

  constructor(queue: Jobs, options: GradeByQueueOptions<One>, grading: string, learners: readonly One[]) {
    this.#queue = queue;
    this.#options = options;
    this.#grading = grading;
    this.#open = new Map(learners.map((learner) => [jobId(grading, learner.id), learner]));
  }

  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Takes those out whom an earlier grading left waiting; those under way come to their end. */
  async forget(grading: string): Promise<void> {
    const waiting = await this.#idsIn('wait', 'delayed', 'prioritized', 'failed');
    for (const id of waiting.filter((one) => one.startsWith(`${grading}.`))) await this.#queue.remove(id);
  }

  /** Whom nobody could grade before is asked for anew. */
  async buryNobody(): Promise<void> {
    const failed = await this.#idsIn('failed');
    for (const id of failed.filter((one) => this.#open.has(one))) await this.#queue.remove(id);
  }

  /** Puts everybody into the queue who is not in it. */
  async fill(): Promise<void> {
    const there = new Set(
      await this.#idsIn('wait', 'delayed', 'prioritized', 'active', 'completed', 'failed'),
    );
    const { lab, out, ways, patienceMs, timeLimitMs = usualTimeLimitMs } = this.#options;
    const { backOffMs = usualBackOffMs, signal } = this.#options;
    for (const [id, learner] of this.#open) {
      if (there.has(id)) continue;
      if (signal?.aborted) return;
      const settings = {
        keys: this.#options.keys ?? false,
        timeLimitMs,
        backOffMs,
        ...(ways && { ways }),
        ...(patienceMs !== undefined && { patienceMs }),
      };
      const job = await jobOf(this.#grading, lab, learner, out, settings);
      await this.#queue.add('learner', job, {
        jobId: id,
        attempts: backOffMs.length + 1,
        backoff: { type: 'custom' },
        stackTraceLimit: 0,
      });
    }
  }

  /** Those who are settled by now; what is theirs is in their folders. */
  async *comeBack(): AsyncGenerator<LearnerResult> {
    for (const id of await this.#idsIn('completed')) {
      const learner = this.#open.get(id);
      const job = learner && (await this.#queue.getJob(id));
      if (!job) continue;
      let result: LearnerResult | undefined;
      try {
        result = await takeIn(job.returnvalue, this.#folder(learner), this.#grading, learner.id);
      } catch (error) {
        if (!(error instanceof QueueProblem)) throw error;
        this.#bury(id, learner, error.message);
        await this.#queue.remove(id);
        continue;
      }
      // On a shared folder, files may show later than their writer says.
      if (!result && Date.now() - (job.finishedOn ?? 0) < 60_000) continue;
      if (!result)
        this.#bury(
          id,
          learner,
          `A worker says that it is done, and its files are not in ${this.#options.out}.`,
        );
      this.#open.delete(id);
      await this.#queue.remove(id);
      if (result) yield result;
    }
    for (const id of await this.#idsIn('failed')) {
      const learner = this.#open.get(id);
      const job = learner && (await this.#queue.getJob(id));
      if (job) this.#bury(id, learner, job.failedReason);
    }
  }

  /** Ids of all jobs in any of these states; left to itself, BullMQ gives the first two of each. */
  #idsIn(...states: JobType[]): Promise<string[]> {
    return this.#queue.getRanges(states, 0, -1);
  }

  #bury(id: string, learner: One, reason: string): void {
    this.#open.delete(id);
    this.deadLetters.push({ learner: learner.id, reason });
  }

  #folder(learner: One): LearnerFolder {
    return new LearnerFolder(this.#options.out, learner.id);
  }
}

/** Not every Redis tells who is connected. */
async function nobodyWorks(queue: Jobs): Promise<boolean> {
  return (await queue.getWorkersCount().catch(() => 1)) === 0;
}
