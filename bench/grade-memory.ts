/**
 * The memory of `labwright grade` for classes of 100, 1,000 and 10,000 learners. In each, 20 are graded now, on sandbox accounts of their
 * own; the others were before, and are left as they are (`--since`), which the command has to read all the same: to know that, to hold
 * learners against each other, and to make the gradebook. Their folders are copies of graded ones under other ids, accounts and AWS
 * request ids, since ten thousand accounts would take hours.
 *
 *     npm run build && npm run bench -- grade-memory --sizes 100,1000,10000
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { classResultSchema } from '../runner/class-result.ts';
import type { GeneratedLearner } from '../test/support/class/generate.ts';
import { startClass } from '../test/support/class/processes.ts';
import { rosterLine, startCommand, writeRoster } from './grading/built-command.ts';
import { printTable } from './measure.ts';
import { processorMs } from './sandbox/processor-time.ts';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '100,1000,10000' } },
  allowPositionals: true,
});
const sizes = values.sizes.split(',').map(Number);
/** Graded in each run. */
const graded = 20;

const made = await startClass({ learners: Math.ceil(graded * (sizes.length + 1) * 2.2) });
try {
  const open = made.learners.filter(({ drawn }) => drawn.access === 'open' && !drawn.ownNames);
  if (open.length < graded * (sizes.length + 1)) throw new Error('The class has too few learners.');
  const out = join(made.folder, 'graded');
  await grade(open.slice(0, graded).map(rosterLine));
  // Who was judged in part is asked again, and copies have no account.
  const settled = settledIn(join(out, 'class.json'));
  const examples = open.filter(({ id }) => settled.has(id));
  const rows: string[][] = [];
  for (const [at, size] of sizes.entries()) {
    const now = open.slice(graded * (at + 1), graded * (at + 2));
    const copies = Array.from({ length: size - graded }, (_, nth) => copyOf(out, examples, nth));
    const { peakMb, ms, cpuMs } = await grade([...copies, ...now.map(rosterLine)]);
    rows.push([
      size.toLocaleString('en'),
      `${peakMb.toFixed(0)} MB`,
      `${(ms / 1000).toFixed(0)} s`,
      `${(cpuMs / 1000).toFixed(0)} s`,
      `${(statSync(join(out, 'gradebook.html')).size / 1e6).toFixed(1)} MB`,
    ]);
  }
  printTable(`Memory of labwright grade, ${graded} graded now, load ${loadavg()[0]?.toFixed(1)}`, [
    ['learners', 'memory at most', 'time', 'processor time', 'gradebook.html'],
    ...rows,
  ]);

  async function grade(lines: readonly string[]) {
    const roster = join(made.folder, 'class.csv');
    writeRoster(roster, lines);
    const args = [
      '--roster',
      roster,
      '--out',
      out,
      '--concurrency',
      '16',
      '--since',
      '2000-01-01',
      '--probe',
      'reason',
    ];
    const began = performance.now();
    const { child, ended } = startCommand(made, ['grade', 'encrypt-data-with-kms', ...args]);
    let peakMb = 0;
    let cpuMs = 0;
    const watch = setInterval(() => {
      peakMb = peakOf(child.pid) ?? peakMb;
      cpuMs = processorMs(child.pid) || cpuMs;
    }, 20);
    try {
      await ended;
    } finally {
      clearInterval(watch);
    }
    return { peakMb, cpuMs, ms: performance.now() - began };
  }
} finally {
  await made.stop();
}

/** Ids of the learners of whom everything was judged. */
function settledIn(file: string): ReadonlySet<string> {
  const { learners } = classResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Set(learners.filter(({ error, unjudged }) => !error && unjudged === 0).map(({ id }) => id));
}

/** Writes what was kept of a learner as somebody else's. @returns the line of the roster */
function copyOf(out: string, examples: readonly GeneratedLearner[], nth: number): string {
  const example = examples[nth % examples.length];
  if (!example) throw new Error('Nobody was graded.');
  const id = `copy-${String(nth).padStart(5, '0')}`;
  const account = String(400_000_000_000 + nth);
  const from = join(out, 'learners', example.id);
  const to = join(out, 'learners', id);
  const mark = nth.toString(16).padStart(8, '0');
  const changed = (text: string) =>
    text
      .replaceAll(example.id, id)
      .replaceAll(example.account, account)
      .replace(/"requestId":( ?)"[0-9a-f]{8}/gi, `"requestId":$1"${mark}`);
  for (const folder of ['attempts', 'recordings']) mkdirSync(join(to, folder), { recursive: true });
  writeFileSync(join(to, 'learner.json'), changed(readFileSync(join(from, 'learner.json'), 'utf8')));
  for (const name of readdirSync(join(from, 'attempts')))
    writeFileSync(join(to, 'attempts', name), changed(readFileSync(join(from, 'attempts', name), 'utf8')));
  // Only its digest is looked at.
  for (const name of readdirSync(join(from, 'recordings')))
    writeFileSync(
      join(to, 'recordings', name),
      Buffer.concat([readFileSync(join(from, 'recordings', name)), Buffer.from(id)]),
    );
  return rosterLine({
    id,
    role: example.role.replace(example.account, account),
    externalId: example.externalId,
  });
}

/** Megabytes that were resident at most so far; undefined once the process has ended. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
