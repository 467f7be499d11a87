/** Comments by which an author keeps something that a rule minds: `# lint-ignore rule-id: why it is right here`. */
import { Lexer } from 'yaml';
import type { Problem } from '../lab/problem.ts';

export interface Suppression {
  readonly rule: string;
  /** Empty when the comment gives none, which makes it void. */
  readonly reason: string;
  /** Where the comment stands. */
  readonly place: Pick<Problem, 'file' | 'line' | 'column' | 'source'>;
  /** Whether a problem is in what the comment stands before (or beside): that line and what is indented below it. */
  readonly covers: (problem: Problem) => boolean;
}

const form = /^#\s*lint-ignore\s+([\w-]+)\s*:?\s*(.*)$/;

/** Comments only: the same words in a text of the file are text. */
export function suppressionsIn(file: string, text: string): Suppression[] {
  const lines = text.split('\n');
  return commentsIn(text).flatMap(({ comment, offset }): Suppression[] => {
    const [, rule, reason = ''] = form.exec(comment) ?? [];
    if (rule === undefined) return [];
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const [first, last] = covered(lines, line);
    const source = lines[line - 1]?.trimEnd();
    return [
      {
        rule,
        reason: reason.trim(),
        place: { file, line, column, ...(source !== undefined && { source }) },
        covers: (problem) => problem.file === file && problem.line >= first && problem.line <= last,
      },
    ];
  });
}

/** Lines from 1: the comment's own when something stands on it, otherwise the next that holds more, and what is below it. */
function covered(lines: readonly string[], line: number): [first: number, last: number] {
  const isRemark = (one: string | undefined) => one !== undefined && /^\s*(#|$)/.test(one);
  let first = line;
  while (first <= lines.length && isRemark(lines[first - 1])) first++;
  const indent = indentOf(lines[first - 1] ?? '');
  let last = first;
  for (let next = first + 1; next <= lines.length; next++) {
    const one = lines[next - 1] ?? '';
    if (one.trim() === '') continue;
    if (indentOf(one) <= indent) break;
    last = next;
  }
  return [first, last];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The lexer of the YAML library gives the text back piece by piece, with marks of its own between. */
function commentsIn(text: string): { comment: string; offset: number }[] {
  const marks = new Set(['\u0002', '\u0018', '\u001f']);
  const comments: { comment: string; offset: number }[] = [];
  let offset = 0;
  let previous = '';
  for (const piece of new Lexer().lex(text)) {
    // What follows the mark of a scalar is its text, whatever it begins with.
    if (piece.startsWith('#') && previous !== '\u001f') comments.push({ comment: piece, offset });
    if (!marks.has(piece)) offset += piece.length;
    previous = piece;
  }
  return comments;
}
