/** What a WHERE says about keys. */
import { isDeepStrictEqual } from 'node:util';
import type { Condition, DocumentPath, TableDefinition, WireValue } from '../data-plane.ts';
import { keyNames } from '../table-index.ts';
import { isCondition, isPath, isValue, typeOfValue } from './operands.ts';
import { refused } from './refusals.ts';

/** What must hold, all of it. */
export function conjuncts(where: Condition | undefined): readonly Condition[] {
  if (where === undefined) return [];
  return where.type === 'and' ? where.args.filter(isCondition) : [where];
}

export function allOf(conditions: readonly Condition[]): Condition | undefined {
  const [only, ...others] = conditions;
  return others.length === 0 ? only : { type: 'and', args: conditions };
}

/** The values that the condition leaves for an attribute; undefined if it pins it down to none in particular. */
export function pinnedValues(condition: Condition, attribute: string): readonly WireValue[] | undefined {
  const { type, args } = condition;
  if (type === '=' || type === 'in') {
    const [path, ...values] = args;
    if (path === undefined || !isAttribute(path, attribute)) return undefined;
    return values.every(isValue) ? distinct(values) : undefined;
  }
  if (type !== 'and' && type !== 'or') return undefined;
  const parts = args.filter(isCondition).map((inner) => pinnedValues(inner, attribute));
  if (type === 'and') return parts.find((values) => values !== undefined);
  const known = parts.filter((values) => values !== undefined);
  return known.length === parts.length ? distinct(known.flat()) : undefined;
}

/** What a write's WHERE names: the item, and what else must hold. */
export interface ItemConditions {
  readonly key: Readonly<Record<string, WireValue>>;
  readonly others: readonly Condition[];
}

/** Undefined unless the whole key is given. @throws AwsError ValidationException for a key that cannot be */
export function itemConditions(
  where: Condition | undefined,
  definition: TableDefinition,
): ItemConditions | undefined {
  const names = keyNames(definition.KeySchema);
  const key = new Map<string, WireValue>();
  const others: Condition[] = [];
  for (const condition of conjuncts(where)) {
    const [path, value] = condition.args;
    const name = path && isPath(path) && path.length === 1 ? path[0] : undefined;
    const isKey = name !== undefined && (name === names.partition || name === names.sort);
    if (condition.type !== '=' || !isKey || value === undefined || !isValue(value)) {
      others.push(condition);
      continue;
    }
    if (key.has(name) && !isDeepStrictEqual(key.get(name), value)) {
      // Text of DynamoDB local.
      throw refused(
        `Multiple conditions on same key ${name}. Only single item Update/Insert/Delete are supported`,
      );
    }
    requireKeyType(definition, name, [value]);
    key.set(name, value);
  }
  if (key.size < (names.sort === undefined ? 1 : 2)) return undefined;
  return { key: Object.fromEntries(key), others };
}

/** Text of DynamoDB local. @throws AwsError ValidationException */
export function requireKeyType(
  definition: TableDefinition,
  name: string,
  values: readonly WireValue[],
): void {
  const type = definition.AttributeDefinitions.find(
    ({ AttributeName }) => AttributeName === name,
  )?.AttributeType;
  if (values.every((value) => typeOfValue(value) === type)) return;
  throw refused(`Key attribute's data type should match its data type in table's schema: Key ${name}`);
}

/** Every path in the condition. */
export function* pathsOf(condition: Condition | undefined): Generator<DocumentPath> {
  for (const operand of condition?.args ?? []) {
    if (isPath(operand)) yield operand;
    else if (isCondition(operand)) yield* pathsOf(operand);
  }
}

export function isAttribute(operand: Condition['args'][number], attribute: string): boolean {
  return isPath(operand) && operand.length === 1 && operand[0] === attribute;
}

function distinct(values: readonly WireValue[]): WireValue[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
