/** Numeric operators: integers and decimals. */

import { comparison } from './comparison.ts';
import type { ValueOperator } from './operator.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function readNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

const compare = comparison(readNumber);
const equal = compare((actual, expected) => actual === expected);

export const numericOperators: readonly ValueOperator[] = [
  { name: 'NumericEquals', negated: false, variables: false, compile: equal },
  { name: 'NumericNotEquals', negated: true, variables: false, compile: equal },
  { name: 'NumericLessThan', negated: false, variables: false, compile: compare((a, b) => a < b) },
  { name: 'NumericLessThanEquals', negated: false, variables: false, compile: compare((a, b) => a <= b) },
  { name: 'NumericGreaterThan', negated: false, variables: false, compile: compare((a, b) => a > b) },
  { name: 'NumericGreaterThanEquals', negated: false, variables: false, compile: compare((a, b) => a >= b) },
];
