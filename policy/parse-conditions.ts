/** Reading `Condition`. */

import type { Conditions } from './conditions/condition.ts';
import { readOperator } from './conditions/registry.ts';
import { quote, refuse } from './syntax-error.ts';

/**
 * Reads a condition block. Numbers and booleans become text.
 *
 * @throws PolicySyntaxError
 */
export function parseConditions(source: unknown, statement: string): Conditions {
  const where = `${statement}, Condition`;
  return Object.fromEntries(
    entries(source, where, 'operators').map(([operator, keys]) => {
      if (readOperator(operator) === undefined)
        refuse(where, `unknown condition operator ${quote(operator)}.`);
      const at = `${where}.${operator}`;
      const parsed = entries(keys, at, 'condition keys').map(([key, value]) => {
        const colon = key.indexOf(':');
        if (colon < 1 || colon === key.length - 1) {
          refuse(at, `${quote(key)} is not a condition key of the form "service:Name".`);
        }
        return [key, values(value, `${at}, key ${quote(key)}`)] as const;
      });
      return [operator, Object.fromEntries(parsed)];
    }),
  );
}

function entries(source: unknown, where: string, of: string): readonly (readonly [string, unknown])[] {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    refuse(where, `expected an object of ${of}, found ${quote(source)}.`);
  }
  return Object.entries(source);
}

function values(source: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(source) ? source : [source];
  return list.map((value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return refuse(where, `expected a string, number or boolean, found ${quote(value)}.`);
  });
}
