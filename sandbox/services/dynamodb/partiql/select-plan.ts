/** How a SELECT reads: partition by partition where its WHERE names partition keys, the whole table or index otherwise. */
import type { Condition, TableDefinition, WireValue } from '../data-plane.ts';
import { order } from '../dynalite/attribute-values.ts';
import { findIndex, type KeyNames, keyNames, type TableIndex } from '../table-index.ts';
import { allOf, conjuncts, isAttribute, pathsOf, pinnedValues, requireKeyType } from './key-conditions.ts';
import { isValue } from './operands.ts';
import { refused } from './refusals.ts';
import type { SelectStatement } from './statement.ts';

/** One Query, or a Scan. */
export interface PlannedRead {
  readonly operation: 'Query' | 'Scan';
  readonly body: Readonly<Record<string, unknown>>;
  /** What the items that are read must fulfil to be in the answer. */
  readonly condition?: Condition;
}

/** Members of the request that hold for each read. */
export interface SelectOptions {
  readonly ConsistentRead: boolean | undefined;
  readonly ReturnConsumedCapacity: string | undefined;
}

/** "Up to 50 hash attribute values": page "PartiQL operators". */
const maxPartitions = 50;

/** Conditions on a sort key that a Query can have, as its KeyConditions call them. */
const sortOperators: Readonly<Record<string, string>> = {
  '=': 'EQ',
  '<': 'LT',
  '<=': 'LE',
  '>': 'GT',
  '>=': 'GE',
  between: 'BETWEEN',
  begins_with: 'BEGINS_WITH',
};

/**
 * Inferred: where several branches of an OR name one partition, its items are read once; AWS refuses some of these
 * statements ("Overlapping conditions").
 *
 * @throws AwsError ValidationException
 */
export function planSelect(
  statement: SelectStatement,
  definition: TableDefinition,
  options: SelectOptions,
): PlannedRead[] {
  const { index: indexName, where } = statement;
  const index = indexName === undefined ? undefined : findIndex(definition, indexName);
  if (indexName !== undefined && !index) throw refused('The table does not have the specified index');
  if (index?.kind === 'Global' && options.ConsistentRead) {
    throw refused('Strongly consistent read is not supported on Global Secondary Indexes');
  }
  const names = keyNames(index?.keySchema ?? definition.KeySchema);
  const conditions = conjuncts(where);
  const pin = conditions.find((condition) => pinnedValues(condition, names.partition) !== undefined);
  const partitions = pin && pinnedValues(pin, names.partition);
  requireOrder(statement, names, partitions);
  const common = {
    TableName: definition.TableName,
    ...(indexName !== undefined && { IndexName: indexName }),
    ...(index && readsTable(statement, index) && { Select: 'ALL_ATTRIBUTES' }),
    ...options,
  };
  if (index) requireProjected(statement, index, indexName ?? '', pin !== undefined);
  if (!pin || !partitions) return [{ operation: 'Scan', body: common, ...filter(where) }];
  // Text of DynamoDB local.
  if (partitions.length > maxPartitions) {
    throw refused('Too many decomposed read operations for a given query.');
  }
  requireKeyType(definition, names.partition, partitions);
  const sort = conditions.find((condition) => isSortCondition(condition, names));
  if (sort && names.sort !== undefined) requireKeyType(definition, names.sort, sort.args.filter(isValue));
  // An alternative of whole conditions stays a filter: the partition alone does not say which of them holds.
  const rest = conditions.filter(
    (condition) => condition !== sort && (condition !== pin || pin.type === 'or'),
  );
  return ordered(partitions, statement, names).map((value) => ({
    operation: 'Query' as const,
    body: {
      ...common,
      KeyConditions: {
        [names.partition]: { ComparisonOperator: 'EQ', AttributeValueList: [value] },
        ...(sort && names.sort !== undefined && { [names.sort]: keyCondition(sort) }),
      },
      ...(descends(statement, names) && { ScanIndexForward: false }),
    },
    ...filter(allOf(rest)),
  }));
}

function filter(condition: Condition | undefined): { readonly condition?: Condition } {
  return condition === undefined ? {} : { condition };
}

function isSortCondition({ type, name = type, args }: Condition, names: KeyNames): boolean {
  const [path, ...values] = args;
  if (names.sort === undefined || path === undefined || !isAttribute(path, names.sort)) return false;
  return Object.hasOwn(sortOperators, name) && values.every(isValue);
}

function keyCondition({ type, name = type, args }: Condition) {
  return { ComparisonOperator: sortOperators[name], AttributeValueList: args.filter(isValue) };
}

/** Texts of DynamoDB local. */
function requireOrder(
  { orderBy, where }: SelectStatement,
  { partition, sort }: KeyNames,
  partitions: readonly WireValue[] | undefined,
): void {
  if (orderBy.length === 0) return;
  if (!where) throw refused('Must have WHERE clause in the statement when using ORDER BY clause.');
  for (const { attribute } of orderBy) {
    if (attribute !== partition && attribute !== sort) {
      throw refused(`Variable reference ${attribute} in ORDER BY clause must be part of the primary key`);
    }
  }
  if (!partitions) {
    throw refused(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  }
  if (partitions.length > 1 && orderBy[0]?.attribute !== partition) {
    throw refused(
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    );
  }
}

/** Partitions in the order of ORDER BY, or else in that of the statement. */
function ordered(
  partitions: readonly WireValue[],
  { orderBy }: SelectStatement,
  { partition }: KeyNames,
): readonly WireValue[] {
  const wish = orderBy.find(({ attribute }) => attribute === partition);
  if (!wish) return partitions;
  const sign = wish.descending ? -1 : 1;
  return [...partitions].sort((a, b) => sign * (order(a, b) ?? 0));
}

function descends({ orderBy }: SelectStatement, { sort }: KeyNames): boolean {
  return orderBy.some(({ attribute, descending }) => attribute === sort && descending);
}

/** What a local index does not hold is fetched from the table. */
function readsTable({ projection }: SelectStatement, { kind, projected }: TableIndex): boolean {
  return kind === 'Local' && projected !== undefined && unprojected(projection ?? [], projected).length > 0;
}

/** Observed on AWS (nubo-db/dynamodb-conformance): a Query's filter is held against the index, a Scan's is not. */
function requireProjected(
  { projection = [], where }: SelectStatement,
  { kind, projected }: TableIndex,
  indexName: string,
  keyed: boolean,
): void {
  if (!projected) return;
  const wrong = 'One or more parameter values were invalid:';
  const missing = unprojected(projection, projected);
  if (kind === 'Global' && missing.length > 0) {
    throw refused(`${wrong} Global secondary index ${indexName} does not project [${missing.join(', ')}]`);
  }
  // Not inside an alternative, where the partition key does not select what is read.
  const filters = conjuncts(where).filter(({ type }) => type !== 'or');
  const filtered = unprojected([...pathsOf(allOf(filters))], projected);
  if (keyed && filtered.length > 0) {
    throw refused(
      `${wrong} Secondary index ${indexName} does not project one or more filter attributes: [${filtered.join(', ')}]`,
    );
  }
}

function unprojected(
  paths: Iterable<readonly (string | number)[]>,
  projected: ReadonlySet<string>,
): string[] {
  const heads = [...paths].map(([head]) => String(head));
  return [...new Set(heads)].filter((head) => !projected.has(head));
}
