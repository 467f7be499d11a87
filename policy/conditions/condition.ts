/** A statement's conditions, ready to be tested against requests. */

import { type ContextLookup, isResolvable, parseTemplate, type Template } from '../template.ts';
import { isValueOperator, type ValueTest } from './operator.ts';
import { readOperator, type SetOperator } from './registry.ts';

/** Conditions as policies write them: operator, then key, then values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Whether a request meets one operator's demand on one key. */
export type Condition = (lookup: ContextLookup) => boolean;

/**
 * Prepares every operator and key of a condition block; the statement needs all of them to hold.
 *
 * @throws Error on an operator that `parsePolicy` would have refused.
 */
export function compileConditions(conditions: Conditions, version: string): readonly Condition[] {
  return Object.entries(conditions).flatMap(([written, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      compileCondition(written, key.toLowerCase(), values, version),
    ),
  );
}

function compileCondition(
  written: string,
  key: string,
  values: readonly string[],
  version: string,
): Condition {
  const use = readOperator(written);
  if (use === undefined) throw new Error(`Unknown condition operator ${JSON.stringify(written)}.`);
  const { operator, set, ifExists } = use;
  if (!isValueOperator(operator)) {
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    return (lookup) => wanted.has(String(valuesOf(lookup(key)).length === 0));
  }

  const templates = values.map((value) => parseTemplate(value, operator.variables ? version : ''));
  const variable = templates.filter((template: Template) => template.variables.length > 0);
  const tests = templates.map((template) => operator.compile(template));

  return (lookup) => {
    const given = lookup(key);
    const actual = valuesOf(given);
    if (ifExists && actual.length === 0) return true;
    if (!variable.every((template) => isResolvable(template, lookup))) return false;
    // Inferred: a multivalued key "requires" a set operator (IAM User Guide, "Single-valued vs. multivalued context
    // keys"), so that without one nothing holds, whatever the operator.
    if (set === undefined && Array.isArray(given) && actual.length > 0) return false;
    return holds(set, operator.negated, actual, tests, lookup);
  };
}

/**
 * One value agrees if any policy value does; a negated operator wants none to. An absent key fails a plain operator, meets a
 * negated one and `ForAllValues`, and fails `ForAnyValue` (IAM User Guide, "Condition operators" and "Set operators").
 */
function holds(
  set: SetOperator | undefined,
  negated: boolean,
  actual: readonly string[],
  tests: readonly ValueTest[],
  lookup: ContextLookup,
): boolean {
  const meets = (value: string) => tests.some((test) => test(value, lookup)) !== negated;
  if (set === 'ForAllValues') return actual.every(meets);
  if (set === 'ForAnyValue') return actual.some(meets);
  return actual.length === 0 ? negated : actual.every(meets);
}

/** A key without values counts as absent. */
function valuesOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}
