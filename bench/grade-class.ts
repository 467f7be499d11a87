/**
 * Grading a generated class through roles, on one sandbox in a process of its own: every score against what the generator knows, and the
 * gradebook again after `kill -9` at random moments.
 *
 *     npm run bench -- grade-class --learners 1000
 */
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { chance } from '../sandbox/weather/chance.ts';
import { compareWithKnown } from '../test/support/class/compare.ts';
import { type Grading, gradeInProcess, startClass } from '../test/support/class/processes.ts';
import { printTable } from './measure.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '16' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const [learners, concurrency, kills] = [
  Number(values.learners),
  Number(values.concurrency),
  Number(values.kills),
];
const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;

const began = performance.now();
const made = await startClass({ learners, seed: Number(values.seed) });
const preparedMs = performance.now() - began;
try {
  const whole = join(made.folder, 'whole');
  const { figures } = await gradeInProcess({ file: made.file, out: whole, concurrency });
  const graded = await compareWithKnown(whole, made.learners);
  const resumed = kills > 0 ? await gradeWithKills() : undefined;
  printTable(`A generated class of ${learners} learners, ${concurrency} side by side`, [
    ['prepared in', seconds(preparedMs)],
    ['graded in', seconds(figures?.ms ?? Number.NaN)],
    [
      'processor time of the grading process, each',
      `${((figures?.processorMs ?? 0) / learners).toFixed(0)} ms`,
    ],
    ['its memory at most', `${figures?.peakMb.toFixed(0)} MB`],
    ...Object.entries(graded.statuses).map(([status, count]) => [status, `${count}`]),
    ['graded otherwise than known', `${graded.wrong.length}`],
    ...(resumed
      ? [
          ['kills', `${kills}`],
          ['settled twice', `${resumed.twice}`],
          ['the same gradebook', isDeepStrictEqual(resumed.book, graded.book) ? 'yes' : 'no'],
        ]
      : []),
  ]);
  for (const sentence of [...graded.wrong, ...(resumed?.wrong ?? [])]) console.log(sentence);
  const isSame = !resumed || (resumed.twice === 0 && isDeepStrictEqual(resumed.book, graded.book));
  if (graded.wrong.length > 0 || !isSame) process.exitCode = 1;
} finally {
  await made.stop();
}

async function gradeWithKills() {
  const out = join(made.folder, 'killed');
  const random = chance(Date.now());
  const gradings: Grading[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const killAfter = 1 + Math.floor(random() * (learners / (kills + 1)));
    gradings.push(await gradeInProcess({ file: made.file, out, concurrency, killAfter }));
  }
  gradings.push(await gradeInProcess({ file: made.file, out, concurrency }));
  const settled = gradings.flatMap((one) => one.settled);
  const { book, wrong } = await compareWithKnown(out, made.learners);
  return { book, wrong, twice: settled.length - new Set(settled).size };
}
