/** Starts the processes of a generated class: the sandbox with the learners' accounts, and the one that grades them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../temporary-folder.ts';
import type { GeneratedClass } from './generate.ts';
import type { GradingFigures } from './grade-process.ts';

export interface RunningClass extends GeneratedClass {
  /** The same as JSON. */
  readonly file: string;
  /** For what belongs to the class; gone once it is stopped. */
  readonly folder: string;
  /** Of the sandbox. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
}

export interface ClassProcessOptions {
  readonly learners: number;
  /** Default 1. */
  readonly seed?: number;
  /** Of each AWS call, in milliseconds. Default 0. */
  readonly latencyMs?: number;
}

export async function startClass({
  learners,
  seed = 1,
  latencyMs = 0,
}: ClassProcessOptions): Promise<RunningClass> {
  const { path: folder, remove } = await temporaryFolder();
  const file = join(folder, 'class.json');
  const child = start(new URL('class-process.ts', import.meta.url), [
    file,
    String(learners),
    String(seed),
    String(latencyMs),
  ]);
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The class ended with ${code}.`)));
    child.stdout?.once('data', () => resolve());
  });
  const generated = JSON.parse(readFileSync(file, 'utf8')) as GeneratedClass;
  return {
    ...generated,
    file,
    folder,
    pid: child.pid,
    async stop() {
      const ended = once(child, 'close');
      child.kill();
      await ended;
      await remove();
    },
  };
}

export interface GradingOptions {
  /** JSON of a generated class. */
  readonly file: string;
  /** The folder of the grading. */
  readonly out: string;
  readonly concurrency: number;
  /** `kill -9` once so many learners are settled by it. */
  readonly killAfter?: number;
}

export interface Grading {
  /** Ids of the learners that it settled. */
  readonly settled: readonly string[];
  /** Absent where it was killed. */
  readonly figures?: GradingFigures;
}

/** @throws where it ends by itself with an error */
export async function gradeInProcess({
  file,
  out,
  concurrency,
  killAfter,
}: GradingOptions): Promise<Grading> {
  const child = start(new URL('grade-process.ts', import.meta.url), [file, out, String(concurrency)]);
  const settled: string[] = [];
  let figures: GradingFigures | undefined;
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('{')) figures = JSON.parse(line) as GradingFigures;
      else settled.push(line.slice(line.indexOf(' ') + 1));
    }
    if (killAfter !== undefined && settled.length >= killAfter) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The grading ended with ${code ?? signal}.`);
  return { settled, ...(figures && { figures }) };
}

function start(file: URL, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import=tsx/esm', fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
