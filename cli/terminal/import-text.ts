/** What an import did, or would do, for the terminal. */
import { diffLines } from 'diff';
import { wrapAnsi } from 'fast-wrap-ansi';
import type { Merged } from '../../runner/import/merge.ts';
import type { Route } from '../../runner/import/read-write-up.ts';
import { plain, type Style } from './style.ts';

/** The longest part of a difference that is shown, in lines. */
const mostLines = 40;

/** A table: each part of the write-up, and where it went. */
export function routesText(routes: readonly Route[], style: Style, width: number): string {
  const rows = routes.map((route) => [nameOf(route), placeOf(route)] as const);
  const left = Math.min(Math.max(...rows.map(([name]) => name.length), 8), Math.floor(width / 2) - 4);
  const head = `  ${style.bold('write-up'.padEnd(left))}  ${style.bold('went to')}\n`;
  return (
    head +
    rows
      .map(([name, place]) => {
        const [a, b] = [lines(name, left), lines(place, Math.max(20, width - left - 4))];
        return Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
          `  ${(a[at] ?? '').padEnd(left)}  ${b[at] ?? ''}`.trimEnd().concat('\n'),
        ).join('');
      })
      .join('')
  );
}

function nameOf({ heading }: Route): string {
  return heading === undefined ? '(above the first heading)' : plain(heading) || '(a heading without words)';
}

function placeOf({ questions, section, kept }: Route): string {
  const places = [...questions];
  if (kept === 'opening') places.push('the opening');
  if (kept === 'screenshot') places.push('screenshots');
  if (kept === 'section')
    places.push(section ? `a section of your own, below "${section}"` : 'a section of your own');
  return places.join(', ') || '(nothing stands there)';
}

/** What is there beside what the write-up says: lines that only one of them has. */
export function differenceText({ name, before = '', text }: Merged, style: Style, width: number): string {
  const changes = diffLines(`${before.trim()}\n`, `${text.trim()}\n`).flatMap(({ added, removed, value }) => {
    if (!added && !removed) return [];
    const rows = value.split('\n').filter((row) => row.trim() !== '');
    return rows.flatMap((row) =>
      lines(plain(row), width - 6).map((line, at) => {
        const sign = at > 0 ? ' ' : added ? '+' : '-';
        return style.paint(added ? 'pass' : 'fail', `    ${sign} ${line}`);
      }),
    );
  });
  const shown = changes.slice(0, mostLines);
  const more = changes.length - shown.length;
  return [`  ${plain(name)}`, ...shown, ...(more > 0 ? [`    … ${more} more lines`] : [])]
    .join('\n')
    .concat('\n');
}

function lines(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split('\n');
}
