/** String operators. `StringLike` knows wildcards; in `StringEquals` they are plain characters. */

import { resolvePattern, resolveText, type Template } from '../template.ts';
import { matchesPattern } from '../wildcard.ts';
import type { ValueOperator, ValueTest } from './operator.ts';

function equal(expected: Template): ValueTest {
  return (actual, lookup) => actual === resolveText(expected, lookup, actual.length);
}

function equalIgnoringCase(expected: Template): ValueTest {
  return (actual, lookup) => {
    const folded = actual.toLowerCase();
    return folded === resolveText(expected, lookup, folded.length)?.toLowerCase();
  };
}

function like(expected: Template): ValueTest {
  return (actual, lookup) => {
    const pattern = resolvePattern(expected, lookup, actual.length);
    return pattern !== undefined && matchesPattern(pattern, actual);
  };
}

export const stringOperators: readonly ValueOperator[] = [
  { name: 'StringEquals', negated: false, variables: true, compile: equal },
  { name: 'StringNotEquals', negated: true, variables: true, compile: equal },
  { name: 'StringEqualsIgnoreCase', negated: false, variables: true, compile: equalIgnoringCase },
  { name: 'StringNotEqualsIgnoreCase', negated: true, variables: true, compile: equalIgnoringCase },
  { name: 'StringLike', negated: false, variables: true, compile: like },
  { name: 'StringNotLike', negated: true, variables: true, compile: like },
];
