/** From CSV to rows that know their lines. */
import { CsvError, parse } from 'csv-parse/sync';
import type { RosterProblem } from './roster.ts';

export interface Row {
  /** On which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Rows {
  /** The first is the header. Rows without any text are left out. */
  readonly rows: readonly Row[];
  readonly problems: readonly RosterProblem[];
}

const delimiters = [',', ';', '\t'];

/** Each costs reading what follows it again; a file with more is none that anybody mends line by line. */
const mostUnreadable = 100;

/**
 * Reads comma, semicolon or tab separated values, whichever the header has most of. A row that cannot be read
 * is a problem with its line; the others are read all the same. Line ends inside cells become `\n`.
 */
export function readRows(source: string): Rows {
  let text = source.replace(/\r\n?/g, '\n');
  // Excel's own first line that names the delimiter.
  const named = /^sep=(.)\n/i.exec(text);
  if (named) text = `\n${text.slice(named[0].length)}`;
  const delimiter = named?.[1] ?? delimiterOf(text);
  const lines = text.split('\n');
  const rows: Row[] = [];
  const problems: RosterProblem[] = [];
  for (let start = 0; start < lines.length; ) {
    const { read, error } = readFrom(lines, start, delimiter);
    rows.push(...read);
    if (error === undefined) break;
    const last = read.at(-1);
    let fault = last === undefined ? start : last.line - 1 + textLines(last);
    while (lines[fault] === '') fault += 1;
    problems.push(unreadable(error, fault + 1));
    if (problems.length === mostUnreadable) break;
    start = fault + 1;
  }
  return { rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')), problems };
}

/** Reads rows until the first that cannot be read. */
function readFrom(
  lines: readonly string[],
  start: number,
  delimiter: string,
): { read: Row[]; error?: CsvError } {
  const read: Row[] = [];
  try {
    parse(lines.slice(start).join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      on_record: (cells: string[], { lines: end }) => {
        read.push({ line: start + end - textLines({ cells }) + 1, cells });
        return null;
      },
    });
    return { read };
  } catch (error) {
    if (error instanceof CsvError) return { read, error };
    throw error;
  }
}

/** How many lines of the file a row takes. */
function textLines({ cells }: Pick<Row, 'cells'>): number {
  return cells.join('').split('\n').length;
}

/** @param line on which the row begins */
function unreadable(error: CsvError, line: number): RosterProblem {
  const at = { severity: 'error', line } as const;
  const twice = 'Write a quote inside a quoted cell twice ("").';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return {
        ...at,
        message: 'A quoted cell that begins here has no closing quote.',
        fix: `Close it. ${twice}`,
      };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return { ...at, message: 'A quoted cell of this row is followed by more text.', fix: twice };
    case 'INVALID_OPENING_QUOTE':
      return {
        ...at,
        message: 'A quote stands inside a cell that does not begin with one.',
        fix: 'Put the whole cell in quotes, and write the quote inside it twice ("").',
      };
    default:
      return {
        ...at,
        message: `The line could not be read as CSV (${error.code}).`,
        fix: 'Save the file anew as CSV UTF-8.',
      };
  }
}

/** Judged by the first line that has text, quoted parts left out; a comma where nothing tells. */
function delimiterOf(text: string): string {
  const header =
    text
      .replace(/"[^"]*"/g, 'x')
      .split('\n')
      .find((line) => line.trim() !== '') ?? '';
  const count = (delimiter: string) => header.split(delimiter).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
}
