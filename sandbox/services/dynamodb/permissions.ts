/** Permissions on tables, with the condition keys that DynamoDB documents. */
import type { ConditionContext } from '../../../policy/request.ts';
import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';
import { tagContext } from '../../authorisation/tag-context.ts';
import type { Call } from '../../call.ts';
import type { ItemRequest, TableAccess, WireValue } from './data-plane.ts';
import { lookUpTable } from './find-table.ts';
import type { TableReference } from './table-reference.ts';

/** @param action `dynamodb:DescribeTable` */
export function tablePermission(
  call: Call,
  action: string,
  table: TableReference,
  context: ConditionContext = {},
): Permission {
  return permission(
    action,
    { type: 'table', arn: table.arn },
    { context: { ...resourceTags(call, table), ...context } },
  );
}

/** What policies can ask about a request on items, beside its tables. */
type ItemAction = Pick<ItemRequest, 'select' | 'returnValues' | 'returnConsumedCapacity'> & {
  /** As in the action's name: `GetItem`, `PartiQLSelect`. */
  readonly operation: string;
};

/**
 * Reading or writing items of a table, or reading one of its indexes.
 *
 * @param context condition keys of a request that this one is a part of
 */
export function itemPermission(
  call: Call,
  request: ItemAction,
  access: TableAccess,
  table: TableReference,
  context: ConditionContext = {},
): Permission {
  const { indexName } = access;
  const resource =
    indexName === undefined
      ? { type: 'table', arn: table.arn }
      : { type: 'index', arn: `${table.arn}/index/${indexName}` };
  return permission(`dynamodb:${request.operation}`, resource, {
    context: {
      ...resourceTags(call, table),
      ...leadingKeys(call, access, table),
      ...(access.attributes.length > 0 && { 'dynamodb:Attributes': access.attributes }),
      // Only what the request says: what AWS puts there for a request that leaves them out is not documented.
      ...(request.select !== undefined && { 'dynamodb:Select': request.select }),
      ...(request.returnValues !== undefined && { 'dynamodb:ReturnValues': request.returnValues }),
      ...(request.returnConsumedCapacity !== undefined && {
        'dynamodb:ReturnConsumedCapacity': request.returnConsumedCapacity,
      }),
      ...context,
    },
  });
}

/**
 * `dynamodb:LeadingKeys`: the partition key of each item that the request names, as text. Absent where the request
 * names none (Scan) or the table or index is not there.
 */
function leadingKeys(call: Call, access: TableAccess, table: TableReference): ConditionContext {
  const definition = lookUpTable(call, table)?.definition;
  const { LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] } = definition ?? {};
  const index = [...LocalSecondaryIndexes, ...GlobalSecondaryIndexes].find(
    ({ IndexName }) => IndexName === access.indexName,
  );
  const keySchema = access.indexName === undefined ? definition?.KeySchema : index?.KeySchema;
  const partitionKey = keySchema?.find((element) => element.KeyType === 'HASH')?.AttributeName;
  if (partitionKey === undefined) return {};
  const values = access.keys.map((key) => keyText(key[partitionKey])).filter((text) => text !== undefined);
  return values.length > 0 ? { 'dynamodb:LeadingKeys': values } : {};
}

/** Inferred for binary keys: their base64 text. */
function keyText(value: WireValue | undefined): string | undefined {
  const text = value?.S ?? value?.N ?? value?.B;
  return typeof text === 'string' ? text : undefined;
}

function resourceTags(call: Call, table: TableReference): ConditionContext {
  const tags = lookUpTable(call, table)?.tags ?? new Map<string, string>();
  return tagContext('aws:ResourceTag', tags);
}
