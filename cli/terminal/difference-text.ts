/** What was expected against what is there, as a diff: of objects and lists only what differs. */
import { plain, type Style } from './style.ts';

/** Lines at most, of members that differ. */
const mostMembers = 6;
/** Characters of one value. */
const longest = 240;
/** Objects within objects are compared this deep; what lies deeper is shown whole. */
const deepest = 6;

interface Difference {
  /** `KeyMetadata.KeySpec`; empty for the values themselves. */
  readonly path: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** @returns lines without an end: what is there with "-", what is expected with "+" */
export function differenceLines(expected: unknown, actual: unknown, style: Style): string[] {
  const differences = differencesIn('', expected, actual, 0);
  const lines = differences.slice(0, mostMembers).flatMap((one) => {
    const lead = one.path === '' ? '' : `${plain(one.path)}: `;
    return [
      ...('actual' in one ? [style.paint('fail', `- actual    ${lead}${show(one.actual)}`)] : []),
      ...('expected' in one ? [style.paint('pass', `+ expected  ${lead}${show(one.expected)}`)] : []),
    ];
  });
  const more = differences.length - mostMembers;
  return more > 0 ? [...lines, style.dim(`  and ${more} more`)] : lines;
}

function differencesIn(path: string, expected: unknown, actual: unknown, depth: number): Difference[] {
  if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
  if (isObject(expected) && isObject(actual) && depth < deepest) {
    const members = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...members].flatMap((member) => {
      const below = path === '' ? member : `${path}.${member}`;
      if (!Object.hasOwn(actual, member)) return [{ path: below, expected: expected[member] }];
      if (!Object.hasOwn(expected, member)) return [{ path: below, actual: actual[member] }];
      return differencesIn(below, expected[member], actual[member], depth + 1);
    });
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const [missing, extra] = [without(expected, actual), without(actual, expected)];
    // The same members in another order, or in another number, differ as wholes.
    if (missing.length + extra.length > 0) {
      return [
        {
          path,
          ...(extra.length > 0 && { actual: listed(extra) }),
          ...(missing.length > 0 && { expected: listed(missing) }),
        },
      ];
    }
  }
  return [{ path, expected, actual }];
}

function without(list: readonly unknown[], others: readonly unknown[]): unknown[] {
  const known = new Set(others.map((one) => JSON.stringify(one)));
  return list.filter((one) => !known.has(JSON.stringify(one)));
}

function listed(values: readonly unknown[]): string {
  return values.map(show).join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = plain(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
