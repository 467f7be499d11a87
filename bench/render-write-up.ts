/**
 * Rendering one write-up, Markdown and page together: the result of the whole lab as `labwright demo` leaves it, in a process that has
 * rendered nothing before and in one that has. In processor time, which other work on the machine disturbs least.
 *
 *     npm run build && npm run bench -- render-write-up
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderWriteUp } from '../reports/write-up.ts';
import { resultSchema } from '../runner/result.ts';
import { labwright } from '../test/support/labwright.ts';
import { median, printTable } from './measure.ts';

const again = 50;
const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));
try {
  const { code, stderr } = await labwright(['demo', '--out', folder]);
  if (code !== 0) throw new Error(`labwright demo ended with ${code}: ${stderr}`);
  const json = readFileSync(join(folder, 'result.json'), 'utf8');
  const result = resultSchema.parse(JSON.parse(json));

  const times: number[] = [];
  let bytes = 0;
  for (let render = 0; render <= again; render++) {
    const before = process.cpuUsage();
    const { markdown, html } = await renderWriteUp(result);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    bytes = markdown.length + html.length;
  }
  const [first = Number.NaN, ...later] = times;
  printTable(`Rendering a result of ${kilobytes(json.length)} as a write-up of ${kilobytes(bytes)}`, [
    ['the first', `the median of ${again} more`],
    [`${first.toFixed(0)} ms`, `${median(later).toFixed(0)} ms`],
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function kilobytes(length: number): string {
  return `${Math.round(length / 1000)} kB`;
}
