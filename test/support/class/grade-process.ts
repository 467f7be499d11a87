/**
 * Grades a generated class: `node grade-process.ts CLASS.json OUT CONCURRENCY`, to be measured and to be killed. Prints a line for each
 * learner who is settled, and at the end what it took, as JSON.
 */
import { readFile } from 'node:fs/promises';
import { gradeClass } from '../../../runner/grading/grade-class.ts';
import { firstLab, readLab } from '../labs.ts';
import { type CoreTimes, coreTimes, since } from './core-times.ts';
import type { GeneratedClass } from './generate.ts';
import { classOpener } from './open-learner.ts';
import '../quiet-sdk.ts';

/** What a grading took; processor time and memory are of this process alone. */
export interface GradingFigures {
  readonly ms: number;
  readonly processorMs: number;
  /** The main thread's; absent where the system does not tell (Linux does). */
  readonly thread?: CoreTimes;
  /** The most that was resident at any time, in megabytes. */
  readonly peakMb: number;
}

const [file = '', out = '', concurrency] = process.argv.slice(2);
const { instructor, learners } = JSON.parse(await readFile(file, 'utf8')) as GeneratedClass;
const { lab } = await readLab(firstLab);
// What is loaded once is not what a learner takes.
await Promise.all([
  import('@aws-sdk/client-cloudtrail'),
  import('@aws-sdk/client-dynamodb'),
  import('@aws-sdk/client-iam'),
  import('@aws-sdk/client-kms'),
  import('@aws-sdk/client-sts'),
]);
const started = performance.now();
const before = coreTimes();
const usage = process.cpuUsage();
await gradeClass({
  lab,
  learners,
  out,
  concurrency: Number(concurrency),
  patienceMs: 1000,
  backOffMs: [100],
  openAccount: classOpener({ lab, instructor, folder: out }),
  onProgress: ({ learner, done }) => process.stdout.write(`${done} ${learner}\n`),
});
const { user, system } = process.cpuUsage(usage);
const thread = since(before);
const figures: GradingFigures = {
  ms: performance.now() - started,
  processorMs: (user + system) / 1000,
  ...(thread && { thread }),
  peakMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
