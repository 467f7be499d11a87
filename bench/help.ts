/**
 * What a user waits for before anything is done: `labwright --help` against an empty Node script, run in pairs.
 *
 *     npm run build && npm run bench -- help
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment, mainFile } from '../test/support/labwright.ts';
import { median, printTable } from './measure.ts';

const pairs = 41;
const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));
const emptyScript = join(folder, 'empty.mjs');
writeFileSync(emptyScript, '');

const empty: number[] = [];
const help: number[] = [];
try {
  // The first pair brings the files into memory.
  for (let pair = 0; pair <= pairs; pair++) {
    const [one, other] = [run([emptyScript]), run([mainFile, '--help'])];
    if (pair === 0) continue;
    empty.push(one);
    help.push(other);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const ratios = help.map((ms, pair) => ms / (empty[pair] ?? Number.NaN));
printTable(`\`labwright --help\`, ${pairs} pairs`, [
  ['empty script', '--help', 'ratio (median of pairs)'],
  [`${median(empty).toFixed(0)} ms`, `${median(help).toFixed(0)} ms`, median(ratios).toFixed(2)],
]);

/** Milliseconds from the start of a process to its end. */
function run(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: bareEnvironment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`It ended with ${status}: ${stderr}`);
  return performance.now() - started;
}
