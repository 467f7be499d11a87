/** Expected and actual values of a finding, written for the reader. */
import { clip } from '../plain-text.ts';

export interface ShownValue {
  readonly text: string;
  /** Whether the text has line ends that matter: indented JSON. */
  readonly isBlock: boolean;
}

const longestLine = 90;
const longestValue = 2000;

/** Writes a JSON value: text as it is, lists of simple values with commas, anything else as JSON. */
export function shownValue(value: unknown): ShownValue {
  const line = lineOf(value);
  if (typeof value !== 'object' || value === null || line.length <= longestLine) {
    return { text: clip(line, longestValue), isBlock: false };
  }
  return { text: clip(JSON.stringify(value, undefined, 2), longestValue), isBlock: true };
}

function lineOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (value === null) return 'nothing';
  if (Array.isArray(value) && value.length === 0) return '(none)';
  const isSimpleList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return isSimpleList ? value.join(', ') : JSON.stringify(value);
}
