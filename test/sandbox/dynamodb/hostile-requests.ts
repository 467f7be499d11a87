/** Arbitrary requests on items: most of them nearly what DynamoDB takes, so that they come far, and some far from it. */
import fc from 'fast-check';
import type { ItemOperation } from '../../../sandbox/services/dynamodb/data-plane.ts';

type Body = Record<string, unknown>;

const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('id', 'range', 'a', 'b', 'many', 'tree') },
  { weight: 2, arbitrary: fc.constantFrom('size', 'constructor', 'toString', 'hasOwnProperty', '#n', '') },
  { weight: 1, arbitrary: fc.oneof(fc.string({ maxLength: 6 }), fc.constant('__proto__')) },
);

const number = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 99 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('1e120', '-1.5e-9', '1e400', 'NaN', '', '1.'.padEnd(45, '7')) },
);
const text = fc.oneof(fc.constantFrom('1', '2', 'x', ''), fc.string({ maxLength: 8 }));
const binary = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('AA==', 'YWJj') }, fc.constantFrom('', 'A'));
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    'text',
    [],
    {},
    [null],
    { S: null },
    { NULL: false },
    { S: '1', N: '1' },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** An attribute value, seldom a wrong one. */
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 6, arbitrary: text.map((S) => ({ S })) },
    { weight: 4, arbitrary: number.map((N) => ({ N })) },
    { weight: 2, arbitrary: binary.map((B) => ({ B })) },
    { weight: 1, arbitrary: fc.constantFrom({ BOOL: true }, { NULL: true }) },
    { weight: 2, arbitrary: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })) },
    { weight: 1, arbitrary: fc.uniqueArray(number, { maxLength: 3 }).map((NS) => ({ NS })) },
    { weight: 1, arbitrary: fc.array(binary, { maxLength: 3 }).map((BS) => ({ BS })) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })) },
    { weight: 2, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3 }).map((M) => ({ M })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>({ S: null }, { NULL: false }, {}, null, { S: '1', N: '1' }),
    },
  ),
})).value;

const simpleKey = fc.constantFrom<Body>({ id: { S: '1' } }, { id: { S: '9' } });
const fullKey = fc.constantFrom<Body>(
  { id: { S: '1' }, range: { N: '1' } },
  { id: { S: '2' }, range: { N: '7.5' } },
);
const attributes = fc.dictionary(name, value, { maxKeys: 3 });

/** The table `simple`, the table `indexed`, or seldom another. */
interface Target {
  readonly table: string;
  readonly key: fc.Arbitrary<Body>;
}
const targets: readonly Target[] = [
  { table: 'simple', key: simpleKey },
  { table: 'indexed', key: fullKey },
  { table: 'nothing', key: simpleKey },
];

const path = fc.constantFrom(
  'b',
  'a',
  '#n',
  'many',
  'many[0]',
  'many[1].a',
  'tree',
  'tree.a',
  'tree.a.b',
  'id',
  'many[99]',
);
const operand = fc.oneof(path, fc.constantFrom(':v', ':w'));
const comparison = fc.oneof(
  fc.tuple(operand, fc.constantFrom(' = ', '<>', ' < ', ' >= '), operand).map((parts) => parts.join('')),
  path.map((one) => `attribute_exists(${one})`),
  path.map((one) => `attribute_not_exists(${one})`),
  fc.tuple(path, operand).map(([a, b]) => `begins_with(${a}, ${b})`),
  fc.tuple(path, operand).map(([a, b]) => `contains(${a}, ${b})`),
  path.map((one) => `attribute_type(${one}, :v)`),
  fc.tuple(path, operand).map(([a, b]) => `size(${a}) > ${b}`),
  fc.tuple(operand, operand, operand).map(([a, b, c]) => `${a} between ${b} and ${c}`),
  fc.tuple(operand, operand).map(([a, b]) => `${a} in (${b}, :v)`),
);
const condition = fc
  .array(comparison, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(parts.join(' and '), parts.join(' or '), `not (${parts[0]})`));
const setValue = fc.oneof(
  operand,
  fc.tuple(operand, operand).map(([a, b]) => `${a} + ${b}`),
  fc.tuple(operand, operand).map(([a, b]) => `${a} - ${b}`),
  fc.tuple(operand, operand).map(([a, b]) => `list_append(${a}, ${b})`),
  fc.tuple(path, operand).map(([a, b]) => `if_not_exists(${a}, ${b})`),
);
const update = fc.oneof(
  fc
    .array(fc.tuple(path, setValue), { minLength: 1, maxLength: 2 })
    .map((sets) => `set ${sets.map((set) => set.join(' = ')).join(', ')}`),
  path.map((one) => `remove ${one}`),
  path.map((one) => `add ${one} :v`),
  path.map((one) => `delete ${one} :v`),
);

const legacyCondition = fc.oneof(
  value.map((one) => ({ Value: one })),
  fc.constant({ Exists: false }),
  fc
    .tuple(
      fc.constantFrom('EQ', 'NE', 'LT', 'GE', 'CONTAINS', 'BEGINS_WITH', 'IN', 'NOT_NULL', 'BETWEEN'),
      fc.array(value, { maxLength: 2 }),
    )
    .map(([ComparisonOperator, AttributeValueList]) => ({ ComparisonOperator, AttributeValueList })),
  junk,
);
const legacyConditions = fc.dictionary(name, legacyCondition, { minKeys: 1, maxKeys: 2 });
const legacyUpdates = fc.dictionary(
  name,
  fc.record({ Action: fc.constantFrom('PUT', 'ADD', 'DELETE'), Value: value }, { requiredKeys: [] }),
  { maxKeys: 2 },
);

/** Names and values for exactly what the expressions use, so that they are not refused for what is left over. */
function withNames(body: Body, v: unknown, w: unknown): Body {
  const expressions = Object.entries(body)
    .filter(([member]) => member.endsWith('Expression'))
    .map(([, expression]) => String(expression))
    .join(' ');
  const values = {
    ...(expressions.includes(':v') && { ':v': v }),
    ...(expressions.includes(':w') && { ':w': w }),
  };
  const names = {
    ...(expressions.includes('#n') && { '#n': 'b' }),
    ...(expressions.includes('#r') && { '#r': 'range' }),
  };
  return {
    ...body,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

const projection = fc.uniqueArray(path, { minLength: 1, maxLength: 3 }).map((paths) => paths.join(', '));
const capacity = { ReturnConsumedCapacity: fc.constantFrom('TOTAL', 'INDEXES') };
const reading = fc.oneof(
  fc.record({ ProjectionExpression: projection }),
  fc.record({ AttributesToGet: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }) }),
  fc.record({ ConsistentRead: fc.boolean(), ...capacity }),
);
const conditional = fc.oneof(
  fc.record({
    ConditionExpression: condition,
    ReturnValuesOnConditionCheckFailure: fc.constantFrom('ALL_OLD', 'NONE'),
  }),
  fc.record(
    { Expected: legacyConditions, ConditionalOperator: fc.constantFrom('AND', 'OR') },
    { requiredKeys: ['Expected'] },
  ),
  fc.record({
    ReturnValues: fc.constantFrom('ALL_OLD', 'NONE', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'),
    ...capacity,
  }),
);
const startKey = fc.oneof(
  simpleKey,
  fullKey,
  fullKey.map((key) => ({ ...key, a: { S: 'x' } })),
);
const paging = fc.oneof(
  fc.constant<Body>({}),
  fc.record({ Limit: fc.constantFrom(1, 2, 1e9) }),
  fc.record({ ExclusiveStartKey: startKey }, { requiredKeys: [] }),
  fc.record({ IndexName: fc.constantFrom('by-a', 'local'), Limit: fc.constantFrom(1, 9) }),
  fc.record({ IndexName: fc.constantFrom('by-a', 'local'), ExclusiveStartKey: startKey }),
  fc.record({
    Select: fc.constantFrom('COUNT', 'ALL_ATTRIBUTES'),
    IndexName: fc.constantFrom('by-a', 'local'),
    ...capacity,
  }),
);

const none = fc.constant<Body>({});

function likely(operation: ItemOperation, { table, key }: Target): fc.Arbitrary<Body> {
  const TableName = fc.constant(table);
  switch (operation) {
    case 'GetItem':
      return merged(fc.record({ TableName, Key: key }), reading);
    case 'PutItem':
      return merged(fc.record({ TableName, Item: merged(attributes, key) }), conditional);
    case 'DeleteItem':
    case 'ConditionCheckItem':
      return merged(fc.record({ TableName, Key: key }), conditional);
    case 'UpdateItem':
      return merged(
        fc.record({ TableName, Key: key }),
        conditional,
        fc.oneof(
          fc.record({ UpdateExpression: update }),
          fc.record({ AttributeUpdates: legacyUpdates }),
          none,
        ),
      );
    case 'Query':
      return merged(
        fc.record({ TableName, ScanIndexForward: fc.boolean() }),
        fc.oneof(
          fc.record({
            KeyConditionExpression: fc.constantFrom(
              'id = :v',
              'id = :v and #r < :w',
              ':v = id',
              'a = :v',
              'id = :v and begins_with(a, :w)',
            ),
          }),
          fc.record({
            KeyConditions: fc.constant({
              id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: '1' }] },
            }),
          }),
          fc.record({ KeyConditions: legacyConditions }),
        ),
        paging,
        fc.oneof(
          fc.record({ FilterExpression: condition }),
          fc.record({ QueryFilter: legacyConditions }),
          reading,
          none,
        ),
      );
    case 'Scan':
      return merged(
        fc.record({ TableName }),
        paging,
        fc.oneof(
          fc.record({ FilterExpression: condition }),
          fc.record({ ScanFilter: legacyConditions }),
          fc.record({ TotalSegments: fc.constantFrom(1, 4), Segment: fc.constantFrom(0, 1) }),
          reading,
        ),
      );
    case 'BatchGetItem':
      return fc.record({
        RequestItems: fc
          .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), reading)
          .map(([Keys, rest]) => ({ [table]: { ...rest, Keys } })),
      });
    case 'BatchWriteItem':
      return fc.record({
        RequestItems: fc
          .array(
            fc.oneof(
              key.map((Key) => ({ DeleteRequest: { Key } })),
              merged(attributes, key).map((Item) => ({ PutRequest: { Item } })),
              junk,
            ),
            { minLength: 1, maxLength: 3 },
          )
          .map((writes) => ({ [table]: writes })),
      });
  }
}

function merged(...parts: readonly fc.Arbitrary<Body>[]): fc.Arbitrary<Body> {
  return fc.tuple(...parts).map((bodies) => Object.assign({}, ...bodies));
}

/** Bodies for an operation on the tables `simple` (key `id`) and `indexed` (key `id` and `range`, indexes `local` and `by-a`). */
export function hostileBody(operation: ItemOperation): fc.Arbitrary<Body> {
  const body = fc.oneof(...targets.map((target) => likely(operation, target)));
  const named = fc
    .tuple(body, fc.oneof({ weight: 3, arbitrary: fc.constant({ S: '1' }) }, value), value)
    .map(([likelyBody, v, w]) => withNames(likelyBody, v, w));
  const spoilt = fc.tuple(named, fc.nat(), junk).map(([likelyBody, where, wrong]) => {
    const members = Object.keys(likelyBody);
    return { ...likelyBody, [members[where % members.length] ?? 'TableName']: wrong };
  });
  return fc.oneof(
    { weight: 10, arbitrary: named },
    { weight: 3, arbitrary: spoilt },
    { weight: 1, arbitrary: fc.dictionary(name, fc.jsonValue()) },
  );
}
