/** What transactions have in common, whether of requests or of statements. */
import type { Permission } from '../../../authorisation/permission.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import { oneOf, requireAll } from '../constraints.ts';
import type { ItemOperation, ItemRequest } from '../data-plane.ts';
import { openTableKeys, type TableKeys } from '../encryption/table-key.ts';
import { findUsableTable } from '../find-table.ts';
import { itemPermission } from '../permissions.ts';
import { TableNames } from '../table-names.ts';

/** One member of a transaction's item: `Put`. */
interface ActionKind {
  readonly operation: ItemOperation;
  /** The members that the action has beside its table; the engine knows more, from the operation by itself. */
  readonly members: readonly string[];
  readonly required?: readonly string[];
}

export type ActionKinds = Readonly<Record<string, ActionKind>>;

export interface Transaction {
  /** In the order of the request. */
  readonly requests: readonly ItemRequest[];
  readonly names: TableNames;
}

/** "Quotas in Amazon DynamoDB". */
const maxActions = 100;

/**
 * @param refusal AWS's text for an item that does not hold exactly one action; positions begin with 1
 * @throws AwsError SerializationException or ValidationException
 */
export function readTransaction(
  call: Call,
  json: Record<string, unknown>,
  kinds: ActionKinds,
  refusal: (position: number) => string,
): Transaction {
  const { TransactItems, ReturnConsumedCapacity } = json;
  requireItems(TransactItems);
  requireAll(oneOf('returnConsumedCapacity', text(ReturnConsumedCapacity), ['INDEXES', 'TOTAL', 'NONE']));
  const names = new TableNames(call);
  const { dataPlane } = call.account.dynamodb(call.region);
  const requests = TransactItems.map((item, index) => {
    const [member, given, kind] = onlyAction(item, kinds, refusal(index + 1));
    const body: Record<string, unknown> = { TableName: given.TableName };
    for (const name of kind.members) if (Object.hasOwn(given, name)) body[name] = given[name];
    if (text(ReturnConsumedCapacity)) body.ReturnConsumedCapacity = ReturnConsumedCapacity;
    const path = `transactItems.${index + 1}.member.${lowerFirst(member)}`;
    for (const name of kind.required ?? []) {
      if ((body[name] ?? null) === null) throw isNull(`${path}.${lowerFirst(name)}`);
    }
    return withPath(path, () => dataPlane.read(kind.operation, names.toNames(body)));
  });
  return { requests, names };
}

/** Each action takes the permission of its own operation; page "Using IAM with DynamoDB transactions". */
export function transactionPermissions(
  call: Call,
  enclosingOperation: string,
  { requests, names }: Transaction,
): Permission[] {
  return requests.flatMap((request) =>
    request.tables.map((access) =>
      itemPermission(call, request, access, names.reference(access.tableName), {
        'dynamodb:EnclosingOperation': enclosingOperation,
      }),
    ),
  );
}

/**
 * Finds the tables, asks for their keys, and sees that no item is named twice. Inferred: that reading one item twice
 * is refused like writing it twice.
 *
 * @throws AwsError ResourceNotFoundException, AccessDeniedException, ValidationException
 */
export function openTransaction(call: Call, { requests, names }: Transaction): TableKeys {
  const tableNames = new Set(requests.flatMap(({ tables }) => tables.map((access) => access.tableName)));
  const tables = [...tableNames].map((name) => findUsableTable(call, names.reference(name)));
  const keys = openTableKeys(call, tables);
  const { dataPlane } = call.account.dynamodb(call.region);
  const items = requests.flatMap((request) => dataPlane.itemIdentity(request) ?? []);
  if (new Set(items).size < items.length) {
    // Text observed on AWS (getmoto/moto#7378).
    throw new AwsError(
      'ValidationException',
      'Transaction request cannot include multiple operations on one item',
    );
  }
  return keys;
}

function requireItems(items: unknown): asserts items is unknown[] {
  if (items === undefined || items === null) throw isNull('transactItems');
  if (!Array.isArray(items)) throw new AwsError('SerializationException', 'Unexpected field type');
  // AWS quotes the whole list, in the notation of Java.
  const shown = items.length === 0 ? '[]' : '[...]';
  const must =
    items.length === 0
      ? 'greater than or equal to 1'
      : items.length > maxActions && `less than or equal to ${maxActions}`;
  if (!must) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${shown}' at 'transactItems' failed to satisfy constraint: ` +
      `Member must have length ${must}`,
  );
}

function onlyAction(
  item: unknown,
  kinds: ActionKinds,
  refusal: string,
): [member: string, given: Record<string, unknown>, kind: ActionKind] {
  const found = Object.entries(kinds).flatMap(([member, kind]) => {
    const given = isObject(item) && Object.hasOwn(item, member) ? (item[member] ?? undefined) : undefined;
    if (given !== undefined && !isObject(given)) {
      throw new AwsError('SerializationException', 'Unexpected value type in payload');
    }
    return given === undefined ? [] : [[member, given, kind] as const];
  });
  const [only, another] = found;
  if (only === undefined || another !== undefined) throw new AwsError('ValidationException', refusal);
  return [...only];
}

/** The engine names the members of an action as if it were alone. */
function withPath<Answer>(path: string, read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AwsError) || !error.message.includes('validation error')) throw error;
    const message = error.message.replaceAll(/ at '([a-z][^']*)' failed/g, ` at '${path}.$1' failed`);
    throw new AwsError(error.code, message, error.status);
  }
}

function isNull(path: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
