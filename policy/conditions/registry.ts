/** Every condition operator, and how its name is written with a set operator or `IfExists`. */

import { arnOperators } from './arn.ts';
import { binaryOperators } from './binary.ts';
import { boolOperators } from './bool.ts';
import { dateOperators } from './date.ts';
import { ipAddressOperators } from './ip-address.ts';
import { nullOperator } from './null.ts';
import { numericOperators } from './numeric.ts';
import { type ConditionOperator, isValueOperator } from './operator.ts';
import { stringOperators } from './string.ts';

/** All operators by name. */
export const conditionOperators: ReadonlyMap<string, ConditionOperator> = new Map(
  [
    ...stringOperators,
    ...numericOperators,
    ...dateOperators,
    ...boolOperators,
    ...binaryOperators,
    ...ipAddressOperators,
    ...arnOperators,
    nullOperator,
  ].map((operator) => [operator.name, operator]),
);

export type SetOperator = 'ForAllValues' | 'ForAnyValue';

interface OperatorUse {
  readonly operator: ConditionOperator;
  readonly set?: SetOperator;
  readonly ifExists: boolean;
}

const SUFFIX = 'IfExists';

/** Reads an operator as policies write it, `ForAnyValue:StringLikeIfExists`; undefined if there is none of that name. */
export function readOperator(written: string): OperatorUse | undefined {
  const colon = written.indexOf(':');
  const set = colon < 0 ? undefined : written.slice(0, colon);
  if (set !== undefined && set !== 'ForAllValues' && set !== 'ForAnyValue') return undefined;
  const name = written.slice(colon + 1);
  const ifExists = name.endsWith(SUFFIX);
  const operator = conditionOperators.get(ifExists ? name.slice(0, -SUFFIX.length) : name);
  if (operator === undefined || (ifExists && !isValueOperator(operator))) return undefined;
  return { operator, ifExists, ...(set !== undefined && { set }) };
}
