import { stripVTControlCharacters } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';

/**
 * One line that a terminal shows as one: cut to columns as the terminal counts them, where two stand for a wide
 * character. Colours that are open at the cut are closed.
 */
export function fitLine(text: string, columns: number): string {
  const [line = '', ...more] = cutAt(text, columns);
  if (more.length === 0) return line;
  const [shorter = ''] = cutAt(text, columns - 1);
  return stripVTControlCharacters(shorter) === '' ? '' : `${shorter}…`;
}

function cutAt(text: string, columns: number): string[] {
  if (columns < 1) return ['', ''];
  return wrapAnsi(text, columns, { hard: true, wordWrap: false, trim: false }).split('\n');
}
