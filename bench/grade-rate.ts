/**
 * How fast a class is graded where each AWS call takes 50 ms, side by side with 1, 10 and 100 others, and against what is possible: no
 * more learners at a time than asked for, each as long as one alone takes; and all the time that the grading process has something to do,
 * be it on a core or ready to run while other programs have the cores. It judges in one thread, so that it has one core at most.
 *
 *     npm run bench -- grade-rate
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gradeInProcess, startClass } from '../test/support/class/processes.ts';
import { printTable } from './measure.ts';
import { processorMs } from './sandbox/processor-time.ts';

const { values } = parseArgs({
  options: { latency: { type: 'string', default: '50' }, learners: { type: 'string', default: '100' } },
  allowPositionals: true,
});
const latencyMs = Number(values.latency);
const most = Number(values.learners);

const made = await startClass({ learners: most * 2, latencyMs });
try {
  // Who throttles waits for the SDK's pauses and not for calls.
  const learners = made.learners.filter(({ drawn }) => drawn.access === 'open');
  const rows: string[][] = [];
  let alone: { ms: number } | undefined;
  for (const concurrency of [1, 10, 100]) {
    const count = Math.min(learners.length, concurrency === 1 ? 20 : most);
    const file = join(made.folder, `${concurrency}.json`);
    writeFileSync(file, JSON.stringify({ instructor: made.instructor, learners: learners.slice(0, count) }));
    const sandboxMs = processorMs(made.pid);
    const out = join(made.folder, `rate-${concurrency}`);
    const { figures } = await gradeInProcess({ file, out, concurrency });
    if (!figures) throw new Error('The grading was killed.');
    if (!figures.thread)
      throw new Error('This system does not tell how long a thread waits for a core; Linux does.');
    const { onCoreMs, waitedMs } = figures.thread;
    const each = { ms: figures.ms / count, core: onCoreMs / count, waited: waitedMs / count };
    const server = (processorMs(made.pid) - sandboxMs) / count;
    alone ??= each;
    const latencyBound = alone.ms / Math.min(concurrency, count);
    const busy = each.core + each.waited;
    const limit = Math.max(latencyBound, busy, server);
    const bound = limit === latencyBound ? 'the calls' : limit === server ? 'the sandbox' : 'the core';
    rows.push([
      String(concurrency),
      String(count),
      (60_000 / each.ms).toFixed(0),
      `${each.ms.toFixed(0)} ms`,
      `${each.core.toFixed(0)} ms`,
      `${each.waited.toFixed(0)} ms`,
      `${(figures.processorMs / count).toFixed(0)} ms`,
      `${server.toFixed(0)} ms`,
      `${limit.toFixed(0)} ms (${bound})`,
      (each.ms / limit).toFixed(2),
    ]);
  }
  const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
  printTable(`Learners per minute, each AWS call ${latencyMs} ms, ${load}`, [
    [
      'side by side',
      'learners',
      'a minute',
      'time each',
      'on its core',
      'waits for it',
      'all its threads',
      'of the sandbox',
      'limit',
      'time to limit',
    ],
    ...rows,
  ]);
} finally {
  await made.stop();
}
