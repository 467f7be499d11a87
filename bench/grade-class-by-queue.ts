/**
 * A generated class through a real Redis, with `labwright grade --queue` and two `labwright worker` as they were built: once undisturbed,
 * once while workers are killed with `kill -9` at random moments and started again. Every score is held against what the generator
 * knows, and the two gradebooks against each other.
 *
 *     npm run build && npm run bench -- grade-class-by-queue --learners 1000
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { chance } from '../sandbox/weather/chance.ts';
import { compareWithKnown } from '../test/support/class/compare.ts';
import { startClass } from '../test/support/class/processes.ts';
import { rosterText } from '../test/support/class/roster.ts';
import { RedisQueue } from './grading/redis-queue.ts';
import { printTable } from './measure.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '10' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const [learners, kills] = [Number(values.learners), Number(values.kills)];

const made = await startClass({ learners, seed: Number(values.seed) });
const queue = await RedisQueue.start(made);
const roster = join(made.folder, 'class.csv');
writeFileSync(roster, rosterText(made.learners));
try {
  const undisturbed = await gradeBesideKills('undisturbed', 0);
  const disturbed = await gradeBesideKills('disturbed', kills);
  const isSame = isDeepStrictEqual(undisturbed.book, disturbed.book);
  const both = [undisturbed, disturbed];
  printTable(
    `A generated class of ${learners} learners by two workers, ${values.concurrency} side by side in each`,
    [
      ['workers killed', '0', String(kills)],
      ['graded in', ...both.map(({ ms }) => `${(ms / 1000).toFixed(0)} s`)],
      ...Object.keys(undisturbed.statuses).map((status) => [
        status,
        ...both.map(({ statuses }) => String(statuses[status] ?? 0)),
      ]),
      ['graded otherwise than known', ...both.map(({ wrong }) => String(wrong.length))],
      ['the same gradebook', '', isSame ? 'yes' : 'no'],
    ],
  );
  const wrong = both.flatMap((one) => one.wrong);
  for (const sentence of wrong) console.log(sentence);
  if (!isSame || wrong.length > 0) process.exitCode = 1;
} finally {
  await queue.remove();
  await made.stop();
}

async function gradeBesideKills(name: string, times: number) {
  const out = join(made.folder, name);
  const start = () => queue.worker(out, values.concurrency);
  const working = await Promise.all([start(), start()]);
  try {
    const began = performance.now();
    const grading = queue.grade(roster, out, 'key').ended;
    await Promise.all([grading, Promise.race([grading, killAtRandom(times)])]);
    return { ms: performance.now() - began, ...(await compareWithKnown(out, made.learners)) };
  } finally {
    for (const { child } of working) child.kill('SIGINT');
    await Promise.allSettled(working.map(({ ended }) => ended));
  }

  /** Each kill comes somewhere in its share of the class, and takes one worker or the other. */
  async function killAtRandom(times: number): Promise<void> {
    const random = chance(Date.now());
    const share = (learners * 0.9) / times;
    for (let kill = 0; kill < times; kill++) {
      const from = (kill + random()) * share;
      while (settledIn(out) < from) await delay(100, undefined, { ref: false });
      const at = random() < 0.5 ? 0 : 1;
      working[at].child.kill('SIGKILL');
      await working[at].ended.catch(() => undefined);
      working[at] = await start();
    }
  }
}

function settledIn(out: string): number {
  const folder = join(out, 'learners');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'learner.json'))).length;
}
