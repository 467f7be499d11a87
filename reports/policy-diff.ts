/** What changed between two versions of a policy document, line by line. */
import { diffArrays } from 'diff';
import { parseJson } from './json.ts';
import { aligned, printPolicy } from './policy-text.ts';

interface DiffLine {
  /** `gap` stands for unchanged lines that are left out; its text says how many. */
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

export interface PolicyDiff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
}

/** Unchanged lines kept around a change: enough to reach the statement's `Sid` from its principals. */
const contextLines = 4;

/**
 * Compares two policy documents given as JSON text. Text that is no JSON is compared as it stands. Undefined when
 * the documents say the same.
 */
export function policyDiff(before: string, after: string): PolicyDiff | undefined {
  const [left, right] = printedPair(before, after);
  const lines = diffArrays(left.split('\n'), right.split('\n'), { comparator: equalButForComma }).flatMap(
    ({ added, removed, value }) =>
      value.map((text): DiffLine => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text })),
  );
  const total = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  const added = total('added');
  const removed = total('removed');
  return added + removed === 0 ? undefined : { lines: withGaps(lines), added, removed };
}

function printedPair(before: string, after: string): [string, string] {
  const left = parseJson(before);
  const right = parseJson(after);
  if (left === undefined || right === undefined) return [before, after];
  const pair = aligned(left, right);
  return [printPolicy(pair.before), printPolicy(pair.after)];
}

/** A value that became the last of its list only lost its comma. */
function equalButForComma(a: string, b: string): boolean {
  return a.replace(/,$/, '') === b.replace(/,$/, '');
}

function withGaps(lines: readonly DiffLine[]): DiffLine[] {
  const kept = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - contextLines), index + contextLines + 1)
      .some(({ kind }) => kind !== 'same'),
  );
  const result: DiffLine[] = [];
  let skipped = 0;
  const closeGap = () => {
    if (skipped > 0)
      result.push({ kind: 'gap', text: skipped === 1 ? '1 unchanged line' : `${skipped} unchanged lines` });
    skipped = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (kept[index]) {
      closeGap();
      result.push(line);
    } else {
      skipped += 1;
    }
  }
  closeGap();
  return result;
}
