/** Grades a class on a sandbox that another process runs: `node grading-process.ts CLASS.json OUT`, to be killed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gradeClass } from '../../runner/grading/grade-class.ts';
import { firstLab, readLab } from './labs.ts';
import { openSandboxLearner, type SandboxClass } from './sandbox-class.ts';
import './quiet-sdk.ts';

const [classFile = '', out = ''] = process.argv.slice(2);
const { place, learners } = JSON.parse(await readFile(classFile, 'utf8')) as SandboxClass;
const { lab } = await readLab(firstLab);
await gradeClass({
  lab,
  learners,
  out,
  concurrency: 4,
  patienceMs: 1000,
  backOffMs: [100],
  timeLimitMs: 20_000,
  openAccount: (learner, signal) =>
    openSandboxLearner(place, learner, join(out, 'probe-keys', learner.id), signal),
  onProgress: ({ learner, done }) => process.stdout.write(`${done} ${learner}\n`),
});
