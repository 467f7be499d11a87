/**
 * Finds lines whose indentation is what breaks a YAML text. One wrong line makes a parser lose its way and report
 * everything behind it; with the line put right, the parser says what else there is.
 */
import { parseDocument } from 'yaml';

export interface MisplacedLine {
  /** From 1. */
  readonly line: number;
  /** Columns of indentation that the line has; `tab` when it is indented with tabs. */
  readonly has: number | 'tab';
  /** Columns that fit its neighbours. */
  readonly fits: number;
}

export interface Mended {
  /** The text with the misplaced lines put right: same lines, other columns. */
  readonly text: string;
  readonly misplaced: readonly MisplacedLine[];
}

/** More misplaced lines than this, and the file is told by its YAML errors instead. */
const mostLines = 10;
/** Longer texts are parsed only once: each trial parses all of it. */
const mostCharacters = 100_000;

export function mendIndentation(text: string): Mended {
  if (text.length > mostCharacters) return { text, misplaced: [] };
  const lines = text.split('\n');
  const misplaced: MisplacedLine[] = [];
  let faults = faultLines(lines);
  while (faults.length > 0 && misplaced.length < mostLines) {
    const mend = bestMend(lines, faults);
    if (!mend) break;
    lines[mend.at] = reindented(lines[mend.at] ?? '', mend.fits);
    misplaced.push({ line: mend.at + 1, has: mend.has, fits: mend.fits });
    faults = mend.left;
  }
  return { text: lines.join('\n'), misplaced };
}

/** Tries the first faulty line and its neighbours at the indentation of the lines around them. */
function bestMend(lines: readonly string[], faults: readonly number[]) {
  const first = faults[0] ?? 0;
  let best: { at: number; has: number | 'tab'; fits: number; left: number[] } | undefined;
  for (const at of [first, first - 1, first + 1]) {
    const line = lines[at];
    if (line === undefined || line.trim() === '') continue;
    const has = /^ *\t/.test(line) ? 'tab' : indentOf(line);
    for (const fits of neighbouringIndents(lines, at)) {
      if (fits === has) continue;
      const left = faultLines([...lines.slice(0, at), reindented(line, fits), ...lines.slice(at + 1)]);
      if (left.length < (best?.left.length ?? faults.length)) best = { at, has, fits, left };
    }
  }
  return best;
}

function neighbouringIndents(lines: readonly string[], at: number): Set<number> {
  const around = lines.slice(Math.max(0, at - 3), at + 4).filter((line) => line.trim() !== '');
  // A list item's members stand two columns further in than its dash.
  return new Set(
    around.flatMap((line) => [indentOf(line), ...(/^\s*- /.test(line) ? [indentOf(line) + 2] : [])]),
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function reindented(line: string, columns: number): string {
  return ' '.repeat(columns) + line.trimStart();
}

/** Indexes of the lines with errors, one for each error. */
function faultLines(lines: readonly string[]): number[] {
  const text = lines.join('\n');
  return parseDocument(text, { prettyErrors: false }).errors.map(
    (error) => text.slice(0, error.pos[0]).split('\n').length - 1,
  );
}
