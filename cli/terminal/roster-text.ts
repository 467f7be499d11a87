/** What is wrong with a roster, and who is in it, as text. */
import { count } from '../../reports/plain-text.ts';
import type { Roster } from '../../runner/roster/roster.ts';
import { plain, type Style } from './style.ts';

export function rosterText(file: string, { learners, problems }: Roster, style: Style): string {
  const lines = problems.flatMap(({ severity, line, column, message, fix }) => [
    `${plain(file)}:${line} ${style.paint(severity === 'error' ? 'fail' : 'error', severity)} ${column === undefined ? '' : `[${plain(column)}] `}${plain(message)}`,
    ...(fix === undefined ? [] : [`    ${plain(fix)}`]),
  ]);
  const of = (severity: string) => problems.filter((one) => one.severity === severity).length;
  const sections = new Set(learners.flatMap(({ section }) => section ?? [])).size;
  const accounts = new Set(learners.flatMap(({ account }) => account ?? [])).size;
  const who = [
    count(learners.length, 'learner'),
    count(accounts, 'account'),
    count(sections, 'section'),
  ].join(', ');
  if (lines.length > 0) lines.push('');
  lines.push(
    `Ready to be graded: ${who}. ${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}.`,
  );
  return `${lines.join('\n')}\n`;
}
