/**
 * Regrading a class: real runs on the sandbox, one for each stage and each mistake of the first lab, copied out to as many
 * learners as wanted, each with an account of their own, and judged again by the same lab.
 *
 *     npm run build && npm run bench -- regrade --recordings 1000
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRecordings, regrade } from '../runner/grading/regrade.ts';
import { writeRecording } from '../runner/recording/file.ts';
import type { Recording } from '../runner/recording/recording.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { firstLab, readLab } from '../test/support/labs.ts';
import { bareEnvironment, mainFile } from '../test/support/labwright.ts';
import { SandboxLearner, workStates } from '../test/support/recorded-runs.ts';
import { printTable } from './measure.ts';
import { processorMs } from './sandbox/processor-time.ts';

const { values } = parseArgs({
  options: { recordings: { type: 'string', default: '1000' } },
  allowPositionals: true,
});
const wanted = Number(values.recordings);
if (!Number.isInteger(wanted) || wanted < 1) throw new Error('--recordings takes a number of recordings.');

const { lab, proof } = await readLab(firstLab);
const sandbox = await startSandbox();
const runs: Recording[] = [];
for (const { parts } of workStates(lab, proof)) {
  const learner = new SandboxLearner(lab, sandbox);
  for (const { steps } of parts) await learner.do(steps);
  await learner.check();
  runs.push(...learner.state.recordings);
}
await sandbox.close();

const folder = await mkdtemp(join(tmpdir(), 'labwright-bench-'));
try {
  let calls = 0;
  for (let at = 0; at < wanted; at++) {
    const recording = runs[at % runs.length];
    if (!recording) throw new Error('No run was recorded.');
    calls += recording.calls.length;
    const own = inAccount(recording, String(200_000_000_000 + at));
    const run = { ...own.run, id: `run-${at}`, learner: `learner-${at}` };
    await writeRecording(join(folder, `${at}.recording.jsonl.gz`), { ...own, run });
  }
  const command = await regradeByCommand();
  const files = await findRecordings(folder);
  let changed = 0;
  let problems = 0;
  let peakMb = 0;
  const started = performance.now();
  const usage = process.cpuUsage();
  for await (const one of regrade(lab, files)) {
    if ('problem' in one) problems++;
    else if (one.changes.length > 0) changed++;
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1024 / 1024);
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);
  printTable('Regrading recordings of the first lab', [
    ['recordings', `${wanted}`],
    ['calls in them', `${calls}`],
    ['seconds', seconds.toFixed(1)],
    ['recordings a second', (wanted / seconds).toFixed(0)],
    ['processor milliseconds each', ((user + system) / 1000 / wanted).toFixed(1)],
    ['memory at most, MB', peakMb.toFixed(0)],
    ['judged otherwise than before', `${changed}`],
    ['not regraded', `${problems}`],
    ['`labwright regrade`, seconds', (command.ms / 1000).toFixed(1)],
    ['its processor milliseconds each', (command.processorMs / wanted).toFixed(1)],
  ]);
  if (command.code !== 0 || changed > 0 || problems > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The same run in another account: policies that are the same text in a whole class would be read once for all of it. */
function inAccount(recording: Recording, account: string): Recording {
  return JSON.parse(JSON.stringify(recording).replaceAll(recording.run.account.id, account)) as Recording;
}

/** As a user does it, with the command as it was built. */
async function regradeByCommand(): Promise<{ code: number | null; ms: number; processorMs: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [mainFile, 'regrade', lab.id, '--recordings', folder, '--json'], {
    env: bareEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let used = 0;
  const watch = setInterval(() => {
    used = processorMs(child.pid) || used;
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  return { code, ms: performance.now() - began, processorMs: used };
}
