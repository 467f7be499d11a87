/** Judges recorded runs again by the lab of today, without any AWS call, and says what that changes for whom. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { PlanError } from '../plan.ts';
import { RecordingProblem, readRecording, readRun, recordingEnding } from '../recording/file.ts';
import { judgeRecording } from '../recording/judge-recording.ts';
import type { RecordedRun, Stood } from '../recording/recording.ts';
import { stoodOf } from '../recording/recording-of.ts';
import type { Result } from '../result.ts';
import { standing } from '../standing.ts';
import type { Attempt } from '../state/attempt.ts';
import { type CheckChange, changesBetween } from './check-changes.ts';
import { keepEarned } from './keep-earned.ts';

export interface Regraded {
  /** The learner's id in the roster; the account's id where none was graded by a roster. */
  readonly learner: string;
  readonly before: Score;
  readonly after: Score;
  /** Check by check, what is said or counted otherwise than before; empty when nothing is. */
  readonly changes: readonly CheckChange[];
  /** Whether the lab file is another one than when the last run was recorded. */
  readonly labChanged: boolean;
  /** How many recordings this stands on. */
  readonly recordings: number;
  /** Where the learner stands by the lab of today. */
  readonly result: Result;
}

interface Score {
  readonly points: number;
  readonly max: number;
}

/** A recording, or all of a learner's, that could not be judged again. */
export interface NotRegraded {
  readonly file: string;
  /** The file, and what was seen. */
  readonly problem: string;
}

/** A recording's file and the run that it is of. */
interface Recorded {
  readonly file: string;
  readonly run: RecordedRun;
}

/** A learner's recordings. It can be handed to another thread. */
export interface RecordedLearner {
  /** Oldest first. */
  readonly runs: readonly Recorded[];
  readonly last: Recorded;
}

/** Files of recordings: the one that is named, or all below a folder, sorted. @throws file errors */
export async function findRecordings(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith(recordingEnding))
    .sort()
    .map((name) => join(path, name));
}

/** One learner after the other, in the order of the files. One bad recording keeps nobody else from being regraded. */
export async function* regrade(lab: Lab, files: readonly string[]): AsyncGenerator<Regraded | NotRegraded> {
  const learners = yield* recordedLearners(lab, files);
  for (const learner of learners) yield await regradeLearner(lab, learner);
}

/** Tells which files are no recordings of the lab, and gives the learners of all others, in the order of the files. */
export async function* recordedLearners(
  lab: Lab,
  files: readonly string[],
): AsyncGenerator<NotRegraded, RecordedLearner[]> {
  const learners = new Map<string, Recorded[]>();
  const seen = new Map<string, string>();
  for (const file of files) {
    try {
      const run = await readRun(file);
      const copy = seen.get(run.id);
      if (run.lab.id !== lab.id)
        throw new RecordingProblem(file, `is of the lab ${run.lab.id}, not of ${lab.id}.`);
      if (copy !== undefined) throw new RecordingProblem(file, `is the same run as ${copy}.`);
      seen.set(run.id, file);
      const learner = learnerOf(run);
      learners.set(learner, [...(learners.get(learner) ?? []), { file, run }]);
    } catch (error) {
      yield notRegraded(file, error);
    }
  }
  return [...learners.values()].flatMap((recorded) => {
    const runs = recorded.sort((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
    const last = runs.at(-1);
    return last ? [{ runs, last }] : [];
  });
}

/** @throws what is no fault of a recording */
export async function regradeLearner(
  lab: Lab,
  { runs, last }: RecordedLearner,
): Promise<Regraded | NotRegraded> {
  try {
    return await judgeAgain(lab, runs, last);
  } catch (error) {
    return notRegraded(last.file, error);
  }
}

async function judgeAgain(lab: Lab, runs: readonly Recorded[], last: Recorded): Promise<Regraded> {
  const missing = last.run.earlier.filter((id) => !runs.some(({ run }) => run.id === id));
  if (missing.length > 0) {
    const what = missing.length === 1 ? 'an earlier run' : `${missing.length} earlier runs`;
    throw new RecordingProblem(
      last.file,
      `stands on ${what} whose recording is not here. Without it, what was earned then would be lost; put it back.`,
    );
  }
  const earlier: Attempt[] = [];
  for (const { file, run } of runs) {
    if (last.run.earlier.includes(run.id)) earlier.push(await judgeRecording(lab, await readRecording(file)));
  }
  const attempt = await judgeRecording(lab, await readRecording(last.file));
  const { stood } = last.run;
  const result = keepEarned(standing({ lab, last: attempt, earlier }), stood);
  return {
    learner: last.run.learner ?? last.run.account.id,
    before: scoreOf(stood),
    after: result.score,
    changes: changesBetween(stood, stoodOf(result)),
    labChanged: last.run.lab.digest !== lab.digest,
    recordings: earlier.length + 1,
    result,
  };
}

/** Runs of other names, Regions or accounts are other work, unless a roster says whose they are. */
function learnerOf({ learner, account, params }: RecordedRun): string {
  return learner === undefined ? JSON.stringify([account.id, account.region, params]) : `learner ${learner}`;
}

function scoreOf(stood: readonly Stood[]): Score {
  return {
    points: stood.reduce((sum, { points }) => sum + points, 0),
    max: stood.reduce((sum, { max }) => sum + max, 0),
  };
}

function notRegraded(file: string, error: unknown): NotRegraded {
  if (error instanceof RecordingProblem) return { file, problem: error.message };
  if (error instanceof PlanError) return { file, problem: `${file}: ${error.message}` };
  throw error;
}
