/** A worker: takes learners from the queue and grades them, until it is told to end. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Lab } from '../../lab/lab.ts';
import type { Result } from '../../result.ts';
import type { LearnerAccount } from '../grade-learner.ts';
import { gradeOne } from '../grade-one.ts';
import { lastGradings } from '../grading-file.ts';
import { LearnerFolder } from '../learner-folder.ts';
import type { LearnerResult } from '../learner-result.ts';
import { packFiles, readLearnerFiles, unpackFiles, writeLearnerFiles } from './packed-files.ts';
import { QueueProblem } from './queue-problem.ts';
import {
  type QueuedJob,
  type QueuedLearner,
  type QueuedOutcome,
  queuedJobSchema,
  queueName,
} from './queued-learner.ts';
import type { RedisAddress } from './redis-address.ts';
import { lastingConnection, reachRedis } from './redis-connection.ts';
import { watchRedis } from './watch-redis.ts';

export interface ServeQueueOptions {
  readonly address: RedisAddress;
  /** Learners side by side. Default 10. */
  readonly concurrency?: number;
  /** The folder of the class, where it is shared with whoever asked. Without it, everything goes back through the queue. */
  readonly out?: string;
  /** The lab of this id as this machine has it. */
  readonly labOf: (id: string) => Promise<Lab | undefined>;
  readonly openAccount: (lab: Lab, job: QueuedJob, signal: AbortSignal) => Promise<LearnerAccount>;
  readonly documents?: (result: Result, lab: Lab) => Promise<Readonly<Record<string, string>>>;
  /** How long a learner is this worker's without a sign of life, in milliseconds; it is given every half of that. Default 30 s. */
  readonly lockMs?: number;
  /** Ends the worker after the learners that are under way. */
  readonly signal?: AbortSignal;
  /** Told when the worker is ready to take learners. */
  readonly onReady?: () => void;
  readonly onSettled?: (result: LearnerResult) => void;
  /** A learner to be tried again, trouble with Redis: one sentence. */
  readonly onNote?: (message: string) => void;
}

const usualLockMs = 30_000;
/** Whose worker was killed as often as this is a dead letter: perhaps it is this learner who kills it. */
const mostKills = 4;
/** Seconds for which what nobody fetches stays in Redis. */
const keptSeconds = 7 * 24 * 3600;

/** @throws QueueProblem when there is no such Redis, or this worker cannot do what the queue asks for */
export async function serveQueue(options: ServeQueueOptions): Promise<void> {
  const { address, concurrency = 10, lockMs = usualLockMs, signal, onNote = () => undefined } = options;
  await reachRedis(address);
  const name = `${hostname()}/${process.pid}`;
  let unfit: QueueProblem | undefined;
  const work = async (job: Job<unknown, QueuedOutcome>, token?: string): Promise<QueuedOutcome> => {
    const asked = queuedJobSchema.safeParse(job.data);
    if (!asked.success) throw new UnrecoverableError('What is asked for was written by another version.');
    try {
      const lab = await fittingLab(asked.data, options);
      return { worker: name, ...(await gradeQueued(job, asked.data, lab, options)) };
    } catch (error) {
      if (error instanceof Unfit) {
        // Somebody else may be fit: the learner goes back as if nothing had been.
        unfit ??= error;
        void worker.close();
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (error instanceof TryAgain) onNote(`${asked.data.learner.id} is tried again later.`);
      else onNote(`${asked.data.learner.id}: ${messageOf(error)}`);
      if (error instanceof QueueProblem) throw new UnrecoverableError(error.message);
      throw new Error(messageOf(error));
    }
  };
  const worker = new Worker<unknown, QueuedOutcome>(queueName, work, {
    connection: lastingConnection(address),
    name,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: mostKills,
    removeOnComplete: { age: keptSeconds },
    removeOnFail: { age: keptSeconds },
    settings: { backoffStrategy: (made, _type, _error, job) => pauseAfter(made, job?.data) },
  });
  const watch = watchRedis(address, onNote);
  watch.over(worker);
  const closed = new Promise<void>((resolve) => worker.once('closed', () => resolve()));
  const stop = () => void worker.close();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  await worker.waitUntilReady().catch(() => undefined);
  if (!signal?.aborted) options.onReady?.();
  try {
    await closed;
  } finally {
    signal?.removeEventListener('abort', stop);
    watch.close();
  }
  if (unfit) throw unfit;
}

/** This worker cannot do what another one may. */
class Unfit extends QueueProblem {}
/** Passing trouble was in the way. */
class TryAgain extends Error {}

async function fittingLab(job: QueuedJob, { labOf, out }: ServeQueueOptions): Promise<Lab> {
  const lab = await labOf(job.lab.id);
  if (!lab)
    throw new Unfit(
      `The queue asks for the lab ${job.lab.id}, which is not here. Name its file with --lab. The learner went back into the queue.`,
    );
  if (lab.digest !== job.lab.digest)
    throw new Unfit(
      `The queue asks for the lab ${job.lab.id} with the digest ${job.lab.digest.slice(0, 12)}…, and ${lab.file} has ${lab.digest.slice(0, 12)}…. Bring the same lab file to this machine. The learner went back into the queue.`,
    );
  if (out === undefined || (await lastGradings(out)).includes(job.grading)) return lab;
  throw new Unfit(
    `${out} is not the folder of the class that is graded: its grading.json is missing, or tells of another grading. Name the shared folder, or leave --out away. The learner went back into the queue.`,
  );
}

async function gradeQueued(
  job: Job,
  asked: QueuedJob,
  lab: Lab,
  options: ServeQueueOptions,
): Promise<Omit<QueuedOutcome, 'worker'>> {
  if (options.out !== undefined) {
    await settle(options.out);
    return {};
  }
  const out = await mkdtemp(join(tmpdir(), `labwright-worker-${randomUUID().slice(0, 8)}-`));
  try {
    const { path } = new LearnerFolder(out, asked.learner.id);
    const earlier = asked.earlier === undefined ? new Map() : await unpackFiles(asked.earlier);
    await writeLearnerFiles(path, earlier);
    await settle(out);
    const files = await readLearnerFiles(path);
    for (const file of earlier.keys()) if (file !== 'learner.json') files.delete(file);
    return { files: await packFiles(files) };
  } finally {
    await rm(out, { recursive: true, force: true });
  }

  async function settle(out: string): Promise<void> {
    const { grading, learner, settings } = asked;
    const last = await new LearnerFolder(out, learner.id).result();
    // A worker was killed, or lost Redis, between writing and saying so.
    if (last?.grading === grading) return;
    const { documents } = options;
    const result = await gradeOne({
      lab,
      learner,
      out,
      grading,
      tries: job.attemptsMade + 1,
      isLastTry: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
      openAccount: (_learner: QueuedLearner, signal) => options.openAccount(lab, asked, signal),
      timeLimitMs: settings.timeLimitMs,
      ...(settings.patienceMs !== undefined && { patienceMs: settings.patienceMs }),
      ...(settings.ways && { ways: new Set(settings.ways) }),
      ...(documents && { documents: (result) => documents(result, lab) }),
    });
    if (!result) throw new TryAgain('Passing trouble; to be tried again.');
    options.onSettled?.(result);
  }
}

/** @param made tries so far */
function pauseAfter(made: number, data: unknown): number {
  const asked = queuedJobSchema.safeParse(data);
  return asked.data?.settings.backOffMs[made - 1] ?? 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
