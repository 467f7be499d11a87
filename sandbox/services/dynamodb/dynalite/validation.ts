/** dynalite's checks of a request body, operation by operation. Their texts were recorded on DynamoDB. */
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import createTable from 'dynalite/validations/createTable.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import getItem from 'dynalite/validations/getItem.js';
import checks from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import scan from 'dynalite/validations/scan.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { AwsError } from '../../../aws-error.ts';
import type { ItemOperation, WireValue } from '../data-plane.ts';
import { limitExpressions } from './expression-limits.ts';
import { useLinearParsers } from './linear-parsers.ts';
import { limitListIndexes } from './list-indexes.ts';
import { toAwsError } from './to-aws-error.ts';
import { withoutNulls } from './wire-json.ts';

useLinearParsers();

type Validation = typeof getItem;

const onConditionFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

const validations: Record<ItemOperation | 'CreateTable', Validation> = {
  GetItem: getItem,
  PutItem: withTypes(putItem, onConditionFailure),
  UpdateItem: withTypes(updateItem, onConditionFailure),
  DeleteItem: withTypes(deleteItem, onConditionFailure),
  Query: query,
  Scan: withTypes(scan, {
    ConsistentRead: 'Boolean',
    // The upper limits (DynamoDB API reference) are missing in dynalite.
    TotalSegments: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 1_000_000 },
    Segment: { type: 'Integer', greaterThanOrEqual: 0, lessThanOrEqual: 999_999 },
  }),
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  ConditionCheckItem: withTypes(deleteItem, {
    ...onConditionFailure,
    ConditionExpression: { type: 'String', notNull: true },
  }),
  CreateTable: createTable,
};

/** 25 in one request ("Quotas in Amazon DynamoDB"); dynalite counts each table by itself. */
function limitWrites(requests: Readonly<Record<string, readonly unknown[]>>): void {
  if (Object.values(requests).flat().length <= 25) return;
  throw new AwsError('ValidationException', 'Too many items requested for the BatchWriteItem call');
}

interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly object[];
  readonly Value?: object;
}

/** What `Expected` compares with: dynalite checks neither these values nor whether the operator takes them. */
function checkComparedValues(expected: unknown): void {
  for (const [name, condition] of Object.entries((expected ?? {}) as Record<string, LegacyCondition>)) {
    const { ComparisonOperator, AttributeValueList = [], Value } = condition;
    const values = Value === undefined ? AttributeValueList : [...AttributeValueList, Value];
    const problems = values.map(checks.validateAttributeValue);
    // EQ and NE take every type.
    if (ComparisonOperator !== undefined && !['EQ', 'NE'].includes(ComparisonOperator) && values.length > 0) {
      problems.push(
        checks.validateConditions({ [name]: { ComparisonOperator, AttributeValueList: values } }),
      );
    }
    const problem = problems.find((found) => found !== undefined);
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
  }
}

/** Adds members that dynalite's checks would drop, and limits that they lack. */
function withTypes(validation: Validation, types: Record<string, unknown>): Validation {
  return { ...validation, types: { ...validation.types, ...types } };
}

/**
 * The members of the body that dynalite knows, checked, with the expressions parsed.
 *
 * @throws AwsError SerializationException or ValidationException
 */
export function checkBody(
  operation: ItemOperation | 'CreateTable',
  body: Record<string, unknown>,
  store: DynaliteStore,
): Record<string, unknown> {
  const { types, custom } = validations[operation];
  try {
    const checked = checks.checkTypes({ ...body }, types);
    limitExpressions(checked);
    checkComparedValues(checked.Expected);
    checks.checkValidations(checked, types, custom, store);
    if (operation === 'BatchWriteItem') limitWrites(checked.RequestItems as Record<string, unknown[]>);
    if (checked._updates) limitListIndexes(checked._updates as Parameters<typeof limitListIndexes>[0]);
    return checked;
  } catch (thrown) {
    throw toAwsError(thrown);
  }
}

/** An attribute value by itself. @throws AwsError SerializationException or ValidationException */
export function checkValue(value: unknown): WireValue {
  try {
    const types = { value: { type: 'AttrStruct<ValueStruct>' } };
    const checked = checks.checkTypes(withoutNulls({ value }), types).value ?? {};
    const problem = checks.validateAttributeValue(checked);
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
    return checked as WireValue;
  } catch (thrown) {
    throw toAwsError(thrown);
  }
}
