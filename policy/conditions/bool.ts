/** The Boolean operator. Inferred: case does not matter, since policies hold both `true` and `"True"`. */

import type { Template } from '../template.ts';
import type { ValueOperator, ValueTest } from './operator.ts';

function same(expected: Template): ValueTest {
  const wanted = expected.source.toLowerCase();
  if (wanted !== 'true' && wanted !== 'false') return () => false;
  return (actual) => actual.toLowerCase() === wanted;
}

export const boolOperators: readonly ValueOperator[] = [
  { name: 'Bool', negated: false, variables: false, compile: same },
];
