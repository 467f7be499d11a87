/**
 * Rendering one write-up, Markdown and page with their figures, of the solved lab: in `labwright report` as it was built, which has
 * rendered nothing before, and in a process that has. The former is what Node's profiler counts under the function that renders, the
 * latter processor time; other work on the machine disturbs both less than the clock.
 *
 *     npm run build && npm run bench -- render-write-up
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderWriteUp } from '../reports/write-up.ts';
import { resultSchema } from '../runner/result.ts';
import { bareEnvironment, labwright, mainFile } from '../test/support/labwright.ts';
import { runSandbox } from '../test/support/running-sandbox.ts';
import { median, printTable } from './measure.ts';

const labId = 'encrypt-data-with-kms';
const commands = 9;
const again = 50;
const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));
const sandbox = await runSandbox();
try {
  for (const args of [
    ['solve', labId, 'key', 'table', 'data', 'user'],
    ['check', labId, '--probe', 'key'],
    ['solve', labId, 'grant'],
    ['check', labId, '--probe', 'key'],
  ]) {
    const { code, stderr } = await labwright(args, { cwd: folder, env: sandbox.env });
    if (code !== 0 && code !== 1)
      throw new Error(`labwright ${args.join(' ')} ended with ${code}: ${stderr}`);
  }
  const first = Array.from({ length: commands }, (_, run) => renderedIn(`profile-${run}`));
  const json = readFileSync(join(folder, 'report', 'result.json'), 'utf8');
  const result = resultSchema.parse(JSON.parse(json));

  const later: number[] = [];
  let bytes = 0;
  for (let render = 0; render <= again; render++) {
    const before = process.cpuUsage();
    const { markdown, html } = await renderWriteUp(result);
    const { user, system } = process.cpuUsage(before);
    if (render > 0) later.push((user + system) / 1000);
    bytes = markdown.length + html.length;
  }
  printTable(`Rendering a result of ${kilobytes(json.length)} as a write-up of ${kilobytes(bytes)}`, [
    [`in \`labwright report\`, median of ${commands}`, `the median of ${again} more in a process`],
    [`${median(first).toFixed(0)} ms`, `${median(later).toFixed(0)} ms`],
  ]);
} finally {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

/** Milliseconds under `renderWriteUp` in one command. */
function renderedIn(name: string): number {
  const profiles = join(folder, name);
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--cpu-prof', '--cpu-prof-dir', profiles, mainFile, 'report', labId, '--out', 'report'],
    { cwd: folder, env: bareEnvironment(), encoding: 'utf8' },
  );
  const [file] = readdirSync(profiles);
  if (status !== 0 || !file) throw new Error(`labwright report ended with ${status}: ${stderr}`);
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(profiles, file), 'utf8')) as Profile;
  const inside = new Set<number>();
  // Parents come before their children.
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.functionName === 'renderWriteUp') inside.add(id);
    if (inside.has(id)) for (const child of children) inside.add(child);
  }
  const spent = samples.reduce((sum, id, at) => sum + (inside.has(id) ? (timeDeltas[at] ?? 0) : 0), 0);
  if (spent === 0) throw new Error('The profile does not know renderWriteUp.');
  return spent / 1000;
}

function kilobytes(length: number): string {
  return `${Math.round(length / 1000)} kB`;
}
