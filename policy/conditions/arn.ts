/** ARN operators. `ArnEquals` and `ArnLike` behave alike; both know wildcards (IAM User Guide, "Condition operators"). */

import { matchesArn, splitArn, splitArnPattern } from '../arn-pattern.ts';
import { resolvePattern, type Template } from '../template.ts';
import type { ValueOperator, ValueTest } from './operator.ts';

function like(expected: Template): ValueTest {
  if (expected.fixed !== undefined) {
    const pattern = splitArnPattern(expected.fixed);
    return (actual) => matchesArn(pattern, splitArn(actual));
  }
  return (actual, lookup) => {
    const pattern = resolvePattern(expected, lookup, actual.length);
    return pattern !== undefined && matchesArn(splitArnPattern(pattern), splitArn(actual));
  };
}

export const arnOperators: readonly ValueOperator[] = [
  { name: 'ArnEquals', negated: false, variables: true, compile: like },
  { name: 'ArnNotEquals', negated: true, variables: true, compile: like },
  { name: 'ArnLike', negated: false, variables: true, compile: like },
  { name: 'ArnNotLike', negated: true, variables: true, compile: like },
];
