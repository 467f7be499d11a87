/** dynalite's checks of a request body, operation by operation. Their texts were recorded on DynamoDB. */
import { AwsError } from '../../../aws-error.ts';
import type { ItemOperation, WireValue } from '../data-plane.ts';
import { limitExpressions } from './expression-limits.ts';
import { checks, validation } from './library.ts';
import { limitListIndexes } from './list-indexes.ts';
import { toAwsError } from './to-aws-error.ts';
import { withoutNulls } from './wire-json.ts';

type Validation = ReturnType<typeof validation>;

const onConditionFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

/** Members that dynalite's checks would drop, and limits that they lack. */
const moreTypes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  PutItem: onConditionFailure,
  UpdateItem: onConditionFailure,
  DeleteItem: onConditionFailure,
  Scan: {
    ConsistentRead: 'Boolean',
    // The upper limits (DynamoDB API reference) are missing in dynalite.
    TotalSegments: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 1_000_000 },
    Segment: { type: 'Integer', greaterThanOrEqual: 0, lessThanOrEqual: 999_999 },
  },
  ConditionCheckItem: {
    ...onConditionFailure,
    ConditionExpression: { type: 'String', notNull: true },
  },
};

function validationOf(operation: ItemOperation | 'CreateTable'): Validation {
  // Condition checks, which dynalite does not know, have the members of DeleteItem.
  const found = validation(operation === 'ConditionCheckItem' ? 'DeleteItem' : operation);
  return { ...found, types: { ...found.types, ...moreTypes[operation] } };
}

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
    const problems = values.map((value) => checks().validateAttributeValue(value));
    // EQ and NE take every type.
    if (ComparisonOperator !== undefined && !['EQ', 'NE'].includes(ComparisonOperator) && values.length > 0) {
      problems.push(
        checks().validateConditions({ [name]: { ComparisonOperator, AttributeValueList: values } }),
      );
    }
    const problem = problems.find((found) => found !== undefined);
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
  }
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
  const { types, custom } = validationOf(operation);
  try {
    const checked = checks().checkTypes({ ...body }, types);
    limitExpressions(checked);
    checkComparedValues(checked.Expected);
    checks().checkValidations(checked, types, custom, store);
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
    const checked = checks().checkTypes(withoutNulls({ value }), types).value ?? {};
    const problem = checks().validateAttributeValue(checked);
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
    return checked as WireValue;
  } catch (thrown) {
    throw toAwsError(thrown);
  }
}
