/** A statement that was understood, before anything is known of its table. */
import type { Permission } from '../../../authorisation/permission.ts';
import type { Call } from '../../../call.ts';
import type { TableAccess, WireValue } from '../data-plane.ts';
import { lookUpTable } from '../find-table.ts';
import { itemPermission } from '../permissions.ts';
import { findIndex, keyNames } from '../table-index.ts';
import type { TableNames } from '../table-names.ts';
import type { TableReference } from '../table-reference.ts';
import { pathsOf, pinnedValues } from './key-conditions.ts';
import { parseStatement } from './parse-statement.ts';
import type { SelectStatement, Statement, Term, UpdateAction } from './statement.ts';

export interface PreparedStatement<Kind extends Statement = Statement> {
  readonly statement: Kind;
  /** As the data plane knows it. */
  readonly tableName: string;
  readonly table: TableReference;
}

/** @throws AwsError SerializationException or ValidationException */
export function prepareStatement(
  call: Call,
  names: TableNames,
  text: string,
  parameters: readonly unknown[],
): PreparedStatement {
  const { dataPlane } = call.account.dynamodb(call.region);
  const statement = parseStatement(text, { parameters, readValue: (value) => dataPlane.readValue(value) });
  const { TableName } = names.toNames({ TableName: statement.table });
  const tableName = String(TableName);
  return { statement, tableName, table: names.reference(tableName) };
}

const actions: Readonly<Record<Statement['kind'], string>> = {
  select: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
  // Inferred: EXISTS reads, and its argument is a SELECT.
  exists: 'PartiQLSelect',
};

/**
 * Actions and condition keys of the service authorization reference; page "IAM security policies with PartiQL for
 * DynamoDB".
 *
 * @param enclosingOperation of a transaction
 */
export function statementPermission(
  call: Call,
  { statement, tableName, table }: PreparedStatement,
  enclosingOperation?: string,
): Permission {
  const access: TableAccess = {
    tableName,
    ...(statement.index !== undefined && { indexName: statement.index }),
    keys: namedKeys(statement),
    attributes: [...new Set(namedAttributes(statement))],
  };
  const returnValues = 'returning' in statement ? statement.returning : undefined;
  const request = {
    operation: actions[statement.kind],
    // Inferred: what a SELECT asks for, in the words of Query.
    ...(statement.kind === 'select' && { select: selected(statement) }),
    ...(returnValues !== undefined && { returnValues }),
  };
  const permission = itemPermission(call, request, access, table);
  const scans = statement.kind === 'select' ? isFullScan(call, statement, table) : undefined;
  return {
    ...permission,
    context: {
      ...permission.context,
      ...(scans !== undefined && { 'dynamodb:FullTableScan': String(scans) }),
      ...(enclosingOperation !== undefined && { 'dynamodb:EnclosingOperation': enclosingOperation }),
    },
  };
}

function selected({ projection, index }: SelectStatement): string {
  if (projection) return 'SPECIFIC_ATTRIBUTES';
  return index === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}

/** Undefined for a table or an index that is not there. */
function isFullScan(
  call: Call,
  { index, where }: SelectStatement,
  reference: TableReference,
): boolean | undefined {
  const definition = lookUpTable(call, reference)?.definition;
  const keySchema =
    index === undefined ? definition?.KeySchema : definition && findIndex(definition, index)?.keySchema;
  if (!keySchema) return undefined;
  return !where || pinnedValues(where, keyNames(keySchema).partition) === undefined;
}

/** The items that the statement names, by whichever attribute turns out to be the key. */
function namedKeys(statement: Statement): Record<string, WireValue>[] {
  if (statement.kind === 'insert') return [statement.item];
  const { where } = statement;
  if (!where) return [];
  const names = [...new Set([...pathsOf(where)].map(([name]) => name))];
  return names.flatMap((name) => (pinnedValues(where, name) ?? []).map((value) => ({ [name]: value })));
}

function* namedAttributes(statement: Statement): Generator<string> {
  if (statement.kind === 'insert') return yield* Object.keys(statement.item);
  for (const [name] of pathsOf(statement.where)) yield name;
  if (statement.kind === 'select') for (const [name] of statement.projection ?? []) yield name;
  if (statement.kind === 'update') for (const action of statement.actions) yield* changedAttributes(action);
}

function* changedAttributes(action: UpdateAction): Generator<string> {
  yield action.path[0];
  if (action.kind !== 'set') return;
  yield* termAttributes(action.value.left);
  if (action.value.right) yield* termAttributes(action.value.right);
}

function* termAttributes(term: Term): Generator<string> {
  if ('path' in term) yield term.path[0];
  else if ('appended' in term) for (const inner of term.appended) yield* termAttributes(inner);
}
