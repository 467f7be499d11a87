/**
 * One worker against two on a real Redis, all on this machine: `labwright grade --queue` and `labwright worker` as they were built, each
 * AWS call taking 50 ms. Beside the workers, the sandbox, Redis and the grading command need the cores as well; the limit is what all
 * of them used of the processor, shared by as many cores as there are.
 *
 *     npm run build && npm run bench -- grade-workers --learners 100
 */

import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { classResultSchema } from '../runner/class-result.ts';
import { coreTimes } from '../test/support/class/core-times.ts';
import { startClass } from '../test/support/class/processes.ts';
import { rosterLine, type Started, writeRoster } from './grading/built-command.ts';
import { RedisQueue } from './grading/redis-queue.ts';
import { printTable } from './measure.ts';
import { processorMs } from './sandbox/processor-time.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '100' },
    latency: { type: 'string', default: '50' },
    concurrency: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const [count, latencyMs, rounds] = [Number(values.learners), Number(values.latency), Number(values.rounds)];

const made = await startClass({ learners: count * 2, latencyMs });
const queue = await RedisQueue.start(made);
try {
  const open = made.learners.filter(({ drawn }) => drawn.access === 'open' && !drawn.ownNames);
  const roster = join(made.folder, 'class.csv');
  const lines = open.slice(0, count).map(rosterLine);
  writeRoster(roster, lines);
  const rows: string[][] = [];
  const books: unknown[] = [];
  // In turn, and the other way round: the load of the machine changes.
  for (let round = 0; round < rounds; round++)
    for (const workers of round % 2 === 0 ? [1, 2] : [2, 1]) {
      const out = join(made.folder, `${workers}-${round}`);
      const { ms, busy, processor } = await gradeWith(workers, roster, out);
      books.push(bookIn(out));
      rows.push([
        String(workers),
        (60_000 / (ms / lines.length)).toFixed(0),
        `${(ms / lines.length).toFixed(0)} ms`,
        ...[busy.onCoreMs, busy.waitedMs, processor].map((one) => `${(one / lines.length).toFixed(0)} ms`),
        (loadavg()[0] ?? Number.NaN).toFixed(1),
      ]);
    }
  printTable(`${lines.length} learners by workers, ${values.concurrency} side by side in each`, [
    [
      'workers',
      'a minute',
      'time each',
      'workers on a core',
      'workers waiting for one',
      'all processes',
      'load',
    ],
    ...rows,
  ]);
  const same = books.every((book) => isDeepStrictEqual(book, books[0]));
  console.log(`\nThe gradebooks are ${same ? 'the same' : 'different'}.`);
  if (!same) process.exitCode = 1;
} finally {
  await queue.remove();
  await made.stop();
}

async function gradeWith(workers: number, roster: string, out: string) {
  const working = await Promise.all(
    Array.from({ length: workers }, () => queue.worker(out, values.concurrency)),
  );
  try {
    const pids = [...working.map(({ child }) => child.pid), made.pid, queue.pid];
    const used = () => pids.reduce<number>((sum, pid) => sum + processorMs(pid), 0);
    const before = working.map(threadOf);
    const from = used();
    const began = performance.now();
    const grading = queue.grade(roster, out, 'reason');
    let ofGrading = 0;
    const watch = setInterval(() => {
      ofGrading = processorMs(grading.child.pid) || ofGrading;
    }, 50);
    await grading.ended.finally(() => clearInterval(watch));
    const ms = performance.now() - began;
    const spent = working.map(threadOf).map((now, at) => ({
      onCoreMs: now.onCoreMs - (before[at]?.onCoreMs ?? 0),
      waitedMs: now.waitedMs - (before[at]?.waitedMs ?? 0),
    }));
    const sum = (of: 'onCoreMs' | 'waitedMs') => spent.reduce((total, one) => total + one[of], 0);
    const busy = { onCoreMs: sum('onCoreMs'), waitedMs: sum('waitedMs') };
    return { ms, busy, processor: used() - from + ofGrading };
  } finally {
    for (const { child } of working) child.kill('SIGINT');
    await Promise.all(working.map(({ ended }) => ended));
  }
}

function threadOf({ child }: Started) {
  return coreTimes(child.pid) ?? { onCoreMs: Number.NaN, waitedMs: Number.NaN };
}

function bookIn(out: string) {
  return classResultSchema
    .parse(JSON.parse(readFileSync(join(out, 'class.json'), 'utf8')))
    .learners.map(({ id, points, unjudged }) => ({ id, points, unjudged }));
}
