/**
 * Evaluates condition and filter expressions as dynalite parses them. dynalite's own evaluation fails on comparisons
 * with missing attributes and never finds two lists or two maps equal.
 *
 * Rules: page "Condition and filter expressions, operators, and functions in DynamoDB".
 */
import type { Condition, ConditionOperand, DocumentPath, WireValue } from '../data-plane.ts';
import { valueAt } from '../document-path.ts';
import { contains, equal, order, sizeOf, startsWith, typeOf } from './attribute-values.ts';

export type Item = Readonly<Record<string, WireValue>>;

export function holds(expression: Condition, item: Item): boolean {
  const { type, args } = expression;
  switch (type) {
    case 'and':
      return args.every((inner) => holds(inner as Condition, item));
    case 'or':
      return args.some((inner) => holds(inner as Condition, item));
    case 'not':
      return args.every((inner) => !holds(inner as Condition, item));
  }
  const [value, ...others] = args.map((operand) => resolve(operand, item));
  return type === 'function'
    ? functionHolds(expression.name ?? '', value, others[0])
    : comparisonHolds(type, value, others);
}

/** A comparison with something that is not there is false; only `<>` is then true. */
function comparisonHolds(
  operator: string,
  value: WireValue | undefined,
  others: readonly (WireValue | undefined)[],
): boolean {
  const [first, second] = others;
  switch (operator) {
    case '=':
      return equal(value, first);
    case '<>':
      return !equal(value, first);
    case 'in':
      return others.some((other) => equal(value, other));
    case 'between':
      return inOrder(first, value, (sign) => sign <= 0) && inOrder(value, second, (sign) => sign <= 0);
    case '<':
      return inOrder(value, first, (sign) => sign < 0);
    case '<=':
      return inOrder(value, first, (sign) => sign <= 0);
    case '>':
      return inOrder(value, first, (sign) => sign > 0);
    case '>=':
      return inOrder(value, first, (sign) => sign >= 0);
    default:
      throw new Error(`dynalite parsed an operator that is not known here: ${operator}`);
  }
}

function inOrder(
  left: WireValue | undefined,
  right: WireValue | undefined,
  accepts: (sign: number) => boolean,
): boolean {
  const sign = left && right && order(left, right);
  return sign !== undefined && accepts(sign);
}

function functionHolds(name: string, value: WireValue | undefined, operand: WireValue | undefined): boolean {
  switch (name) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value !== undefined && typeOf(value) === operand?.S;
    case 'begins_with':
      return value !== undefined && operand !== undefined && startsWith(value, operand);
    case 'contains':
      return value !== undefined && operand !== undefined && contains(value, operand);
    default:
      throw new Error(`dynalite parsed a function that is not known here: ${name}`);
  }
}

function resolve(operand: ConditionOperand, item: Item): WireValue | undefined {
  if (isPath(operand)) return valueAt(operand, item);
  if (!isSize(operand)) return operand as WireValue;
  const [inner] = operand.args;
  const value = inner && resolve(inner, item);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function isPath(operand: ConditionOperand): operand is DocumentPath {
  return Array.isArray(operand);
}

function isSize(operand: WireValue | Condition): operand is Condition {
  return operand.type === 'function' && operand.name === 'size';
}
