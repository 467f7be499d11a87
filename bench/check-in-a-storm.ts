/**
 * `check` in bad weather: throttled, failing, cut off and slow calls, on accounts that are solved, half done or gone
 * wrong. What matters is that no verdict is wrong and no access key stays; the rest is how often it could be judged.
 *
 *     npm run bench -- check-in-a-storm --runs 1000
 */
import { parseArgs } from 'node:util';
import { firstLab, readLab } from '../test/support/labs.ts';
import { checkInAStorm } from '../test/support/storm.ts';
import { printTable } from './measure.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number of runs.');

const started = performance.now();
const figures = await checkInAStorm({
  ...(await readLab(firstLab)),
  runs,
  atATime: 100,
  onBatch: ({ runs, wrong, leftOver }) =>
    process.stderr.write(`${runs} runs, ${wrong.length} wrong, ${leftOver} left over\n`),
});
const { verdicts } = figures;
const findings = Object.values(verdicts).reduce((sum, one) => sum + one, 0);
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

printTable('Checking in a storm: 20 % throttled, 5 % failing, 2 % cut off, 5 % slow, 20 ms a call', [
  ['runs', `${figures.runs}`, `${Math.round((performance.now() - started) / 1000)} s`],
  ['findings', `${findings}`, ''],
  ['passed', `${verdicts.pass}`, share(verdicts.pass, findings)],
  ['failed', `${verdicts.fail}`, share(verdicts.fail, findings)],
  ['not judged', `${verdicts.error}`, share(verdicts.error, findings)],
  ['waiting for another', `${verdicts.skip}`, share(verdicts.skip, findings)],
  ['runs that judged all', `${figures.fullyJudged}`, share(figures.fullyJudged, figures.runs)],
  ['wrong verdicts', `${figures.wrong.length}`, ''],
  ['temporary access keys', `${figures.keys}`, ''],
  ['left by a run, and noted', `${figures.left}`, ''],
  ['left after the next start', `${figures.leftOver}`, ''],
]);
for (const sentence of figures.wrong) console.log(sentence);
if (figures.wrong.length > 0 || figures.leftOver > 0) process.exitCode = 1;
