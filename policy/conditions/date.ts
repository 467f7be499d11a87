/** Date operators: the W3C forms of ISO 8601 (from a year to fractions of a second), or seconds since 1970. */

import { comparison } from './comparison.ts';
import type { ValueOperator } from './operator.ts';

// Four digits alone are a year; any other whole or decimal number is epoch time.
const EPOCH = /^(?!\d{4}$)\d+(\.\d+)?$/;
const ISO = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const TIME_WITHOUT_ZONE = /T[\d:.]+$/;

/** Milliseconds since 1970. A time without a zone is UTC: the answer must not depend on where the program runs. */
function readDate(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000;
  if (!ISO.test(text)) return undefined;
  const time = Date.parse(TIME_WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}

const compare = comparison(readDate);
const equal = compare((actual, expected) => actual === expected);

export const dateOperators: readonly ValueOperator[] = [
  { name: 'DateEquals', negated: false, variables: false, compile: equal },
  { name: 'DateNotEquals', negated: true, variables: false, compile: equal },
  { name: 'DateLessThan', negated: false, variables: false, compile: compare((a, b) => a < b) },
  { name: 'DateLessThanEquals', negated: false, variables: false, compile: compare((a, b) => a <= b) },
  { name: 'DateGreaterThan', negated: false, variables: false, compile: compare((a, b) => a > b) },
  { name: 'DateGreaterThanEquals', negated: false, variables: false, compile: compare((a, b) => a >= b) },
];
