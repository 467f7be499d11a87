/** Regrades many recordings on several cores: learners are handed out to threads, one at a time. */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Lab } from '../lab/lab.ts';
import {
  type NotRegraded,
  type RecordedLearner,
  type Regraded,
  recordedLearners,
  regradeLearner,
} from './regrade.ts';

/** What is told of a learner; the result itself, which is large, stays in its thread. */
export type Told = Omit<Regraded, 'result'> | NotRegraded;

/** What a thread answers to a learner. */
export type ThreadAnswer = { readonly told: Told } | { readonly error: unknown };

export interface RegradeOnCoresOptions {
  readonly lab: Lab;
  /** Files of recordings. */
  readonly files: readonly string[];
  /** A thread that answers each {@link RecordedLearner} by {@link answerOf}. */
  readonly startThread: () => Worker;
  /** Default: as many as this process may use. */
  readonly cores?: number;
}

/** With fewer learners a thread does not pay: it loads the program anew, and its first learners take longest. */
const fewestEach = 50;
/** Each takes memory of its own. */
const mostThreads = 4;

/**
 * The same as `regrade`, in the same order. Where learners are few it all happens in this thread.
 *
 * @throws what is no fault of a recording, also a thread's; whoever stops asking ends the threads
 */
export async function* regradeOnCores({
  lab,
  files,
  startThread,
  cores = availableParallelism(),
}: RegradeOnCoresOptions): AsyncGenerator<Told> {
  const learners = yield* recordedLearners(lab, files);
  const threads = Math.min(cores, mostThreads, Math.floor(learners.length / fewestEach));
  if (threads < 2) {
    for (const learner of learners) yield toldOf(await regradeLearner(lab, learner));
    return;
  }
  const running = Array.from({ length: threads }, startThread);
  try {
    for (const told of handOut(learners, running)) yield await told;
  } finally {
    await Promise.all(running.map((thread) => thread.terminate()));
  }
}

/** In a thread: what a learner's recordings come to, as it can be handed back. */
export async function answerOf(lab: Lab, learner: RecordedLearner): Promise<ThreadAnswer> {
  try {
    return { told: toldOf(await regradeLearner(lab, learner)) };
  } catch (error) {
    return { error };
  }
}

function toldOf(one: Regraded | NotRegraded): Told {
  if ('problem' in one) return one;
  const { result: _result, ...told } = one;
  return told;
}

interface Task {
  readonly learner: RecordedLearner;
  readonly settle: (answer: ThreadAnswer) => void;
}

/** In the learners' order, whichever thread is quicker. */
function handOut(learners: readonly RecordedLearner[], threads: readonly Worker[]): Promise<Told>[] {
  const tasks: Task[] = [];
  const outcomes = learners.map(
    (learner) =>
      new Promise<Told>((resolve, reject) => {
        const settle = (answer: ThreadAnswer) =>
          'told' in answer ? resolve(answer.told) : reject(answer.error);
        tasks.push({ learner, settle });
      }),
  );
  // Whoever waits for them hears of the first error, and of no other.
  for (const outcome of outcomes) outcome.catch(() => undefined);
  const left = tasks.values();
  for (const thread of threads) {
    let task: Task | undefined;
    const next = () => {
      task = left.next().value;
      if (task) thread.postMessage(task.learner);
    };
    thread.on('message', (answer: ThreadAnswer) => {
      task?.settle(answer);
      next();
    });
    thread.on('error', (error) => task?.settle({ error }));
    thread.on('exit', (code) =>
      task?.settle({
        error: new Error(`A thread ended with ${code} in its work on ${task.learner.last.file}.`),
      }),
    );
    next();
  }
  return outcomes;
}
