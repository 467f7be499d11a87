/** For people: place, what was seen, the line with a mark, and what to do. */
import type { Severity } from '../../runner/lint/diagnostic.ts';
import type { Verdict } from '../../runner/result.ts';
import { plain, type Style } from '../terminal/style.ts';
import { countsOf, type LintReport } from './report.ts';

const colours: Readonly<Record<Severity, Verdict>> = { error: 'fail', warning: 'error', note: 'skip' };

/** Columns of a source line that are shown; longer ones are cut around the mark. */
const shownColumns = 110;

export function toText(report: LintReport, style: Style): string {
  const blocks = report.diagnostics.map(({ file, line, column, severity, rule, message, fix, source }) => {
    const place = style.bold(`${plain(file)}:${line}:${column}`);
    const lines = [
      `${place} ${style.paint(colours[severity], severity)} ${plain(message)} ${style.dim(rule)}`,
    ];
    if (source !== undefined) lines.push(...marked(source, column, style));
    if (fix !== undefined) lines.push(`    ${plain(fix)}`);
    return `${lines.join('\n')}\n`;
  });
  return [...blocks, summary(report, style)].join('\n');
}

function marked(source: string, column: number, style: Style): string[] {
  const from = column > shownColumns ? column - Math.floor(shownColumns / 2) : 1;
  const before = from > 1 ? '…' : '';
  const cut = source.slice(from - 1, from - 1 + shownColumns);
  const after = from - 1 + shownColumns < source.length ? '…' : '';
  // Tabs and other invisible characters take one column each, so that the mark stands under its place.
  const shown = cut.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const mark = ' '.repeat(before.length + column - from);
  return [`    ${style.dim(before + shown + after)}`, `    ${mark}^`];
}

function summary(report: LintReport, style: Style): string {
  const { files } = report;
  const labs = files.length === 1 ? '1 lab' : `${files.length} labs`;
  const { error, warning, note } = countsOf(report);
  if (error + warning + note === 0) return `${style.paint('pass', '✔')} Nothing to mend in ${labs}.\n`;
  const parts = [count(error, 'error'), count(warning, 'warning'), count(note, 'note')].filter(
    (one) => one !== '',
  );
  return `${parts.join(', ')} in ${labs}.\n`;
}

function count(number: number, what: string): string {
  return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`;
}
