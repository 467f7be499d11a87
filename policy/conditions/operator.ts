/** What a condition operator is. */

import type { ContextLookup, Template } from '../template.ts';

/** Whether one value of the request agrees with one value of the policy. */
export type ValueTest = (actual: string, lookup: ContextLookup) => boolean;

/** An operator that compares values. */
export interface ValueOperator {
  readonly name: string;
  /** True for operators that want no agreement, such as `StringNotEquals`; `compile` still tests for agreement. */
  readonly negated: boolean;
  /** Whether policy variables are replaced in the policy's values. */
  readonly variables: boolean;
  /** Prepares the test for one value of the policy. A value that cannot be read agrees with nothing. */
  compile(expected: Template): ValueTest;
}

/** The operator that asks whether a key is there at all. */
export interface PresenceOperator {
  readonly name: 'Null';
}

export type ConditionOperator = ValueOperator | PresenceOperator;

export function isValueOperator(operator: ConditionOperator): operator is ValueOperator {
  return operator.name !== 'Null';
}
