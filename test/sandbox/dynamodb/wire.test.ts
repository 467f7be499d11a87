import { crc32 } from 'node:zlib';
import { CreateBackupCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import type { ItemOperation } from '../../../sandbox/services/dynamodb/data-plane.ts';
import { dynamodb } from '../../../sandbox/services/dynamodb/service.ts';
import { refusal } from '../refusal.ts';
import { hostileBody } from './hostile-requests.ts';
import { sendRaw } from './raw-request.ts';
import { Scene, simpleTable } from './scene.ts';

describe('DynamoDB on the wire', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.start();
    await scene.table('simple');
    await scene.table('indexed', {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'range', AttributeType: 'N' },
        { AttributeName: 'a', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'range', KeyType: 'RANGE' },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          KeySchema: [
            { AttributeName: 'id', KeyType: 'HASH' },
            { AttributeName: 'a', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-a',
          KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['b'] },
        },
      ],
    });
  });

  after(() => scene.close());

  const send = (operation: string, body: unknown) =>
    sendRaw(scene.admin.dynamodb, operation, typeof body === 'string' ? body : JSON.stringify(body));

  const Item = { id: { S: '1' }, name: { S: 'Ünïcode 🔑' } };

  it('passes JSON through as it came and carries a checksum of it', async () => {
    await send('PutItem', { TableName: 'simple', Item });
    const answer = await send('GetItem', { TableName: 'simple', Key: { id: Item.id } });
    expect(answer.status).to.equal(200);
    expect(answer.body.toString()).to.equal(JSON.stringify({ Item }));
    expect(answer.headers).to.include({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-crc32': String(crc32(answer.body)),
    });
  });

  const errors: [string, unknown, string, RegExp][] = [
    ['Scan', { TableName: 'nothing' }, 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', /./],
    ['Scan', {}, 'com.amazon.coral.validate#ValidationException', /Value null at 'tableName'/],
    ['Scan', { TableName: 1 }, 'com.amazon.coral.service#SerializationException', /./],
    ['Scan', '{', 'com.amazon.coral.service#SerializationException', /./],
    ['DescribeTable', { TableName: [] }, 'com.amazon.coral.service#SerializationException', /./],
    [
      'ExportTableToPointInTime',
      {},
      'com.amazon.coral.service#UnknownOperationException',
      /dynamodb:ExportTableToPointInTime/,
    ],
  ];
  for (const [operation, body, type, message] of errors) {
    it(`answers ${operation} of ${JSON.stringify(body)} with ${type}`, async () => {
      const answer = await send(operation, body);
      const json = JSON.parse(answer.body.toString()) as Record<string, string>;
      expect(answer.status).to.equal(400);
      expect(json.__type).to.equal(type);
      expect(json.message).to.match(message);
      expect(answer.headers['x-amz-crc32']).to.equal(String(crc32(answer.body)));
    });
  }

  it('gives a denial the namespace of the framework', async () => {
    const user = await scene.user('nobody', []);
    const answer = await sendRaw(user.dynamodb, 'Scan', JSON.stringify({ TableName: 'simple' }));
    expect(JSON.parse(answer.body.toString())).to.include({
      __type: 'com.amazon.coral.service#AccessDeniedException',
    });
  });

  it('refuses what it does not have by name', async () => {
    const backup = new CreateBackupCommand({ TableName: 'simple', BackupName: 'backup' });
    expect(await refusal(scene.admin.dynamodb.send(backup))).to.deep.equal({
      name: 'UnknownOperationException',
      message: 'The sandbox does not have the operation dynamodb:CreateBackup.',
      status: 400,
    });
  });

  async function expectAnswer(operation: string, body: string): Promise<void> {
    const answer = await send(operation, body);
    const text = answer.body.toString();
    expect(answer.status, `${operation} ${body} -> ${text}`).to.be.oneOf([200, 400]);
    if (answer.status === 400) {
      const { __type, message } = JSON.parse(text) as Record<string, string>;
      expect(__type, `${operation} ${body} -> ${text}`).to.match(/#\w+Exception$/);
      expect(message, `${operation} ${body} -> ${text}`).to.be.a('string').and.not.equal('');
    }
  }

  const itemOperations: readonly ItemOperation[] = [
    'GetItem',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'Query',
    'Scan',
    'BatchGetItem',
    'BatchWriteItem',
  ];
  for (const operation of itemOperations) {
    it(`answers any ${operation} without failing`, async () => {
      const property = fc.asyncProperty(hostileBody(operation), (body) =>
        expectAnswer(operation, JSON.stringify(body)),
      );
      await fc.assert(property, { numRuns: 200 });
    });
  }

  it('answers any transaction without failing', async () => {
    const action = fc.oneof(
      fc.record({ Put: hostileBody('PutItem') }),
      fc.record({ Update: hostileBody('UpdateItem') }),
      fc.record({ Delete: hostileBody('DeleteItem') }),
      fc.record({ ConditionCheck: hostileBody('ConditionCheckItem') }),
      fc.record({ Get: hostileBody('GetItem') }),
    );
    const bodies = fc.array(action, { maxLength: 3 }).map((TransactItems) => ({ TransactItems }));
    const operations = fc.constantFrom('TransactWriteItems', 'TransactGetItems');
    const property = fc.asyncProperty(operations, bodies, (operation, body) =>
      expectAnswer(operation, JSON.stringify(body)),
    );
    await fc.assert(property, { numRuns: 300 });
  });

  /** Members of the operations on tables, with values that are right, nearly right or wrong. */
  const tableBody = fc.dictionary(
    fc.constantFrom(
      'TableName',
      'KeySchema',
      'AttributeDefinitions',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'SSESpecification',
      'Tags',
      'TagKeys',
      'ResourceArn',
      'DeletionProtectionEnabled',
      'TableClass',
      'StreamSpecification',
      'Limit',
      'ExclusiveStartTableName',
    ),
    fc.oneof(
      fc.constantFrom<unknown>(
        'fuzzed',
        'arn:aws:dynamodb:eu-west-1:123456789012:table/fuzzed',
        'PAY_PER_REQUEST',
        'PROVISIONED',
        [{ AttributeName: 'id', AttributeType: 'S' }],
        [{ AttributeName: 'id', KeyType: 'HASH' }],
        [{ IndexName: 'one', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Projection: {} }],
        [{ IndexName: 'one', KeySchema: [null] }],
        { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        { ReadCapacityUnits: 1e300, WriteCapacityUnits: -1 },
        { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: '' },
        { Enabled: true },
        [{ Key: 'a', Value: 'b' }],
        [{}],
        ['a'],
        [null],
        null,
        true,
        1,
      ),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    { maxKeys: 3 },
  );
  const whole = {
    ...simpleTable('fuzzed'),
    ResourceArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/fuzzed',
  };
  const anyTableBody = fc
    .tuple(tableBody, fc.boolean())
    .map(([members, complete]) => (complete ? { ...whole, ...members } : members));
  const tableOperations = Object.keys(dynamodb.operations).filter(
    (name) => !(itemOperations as readonly string[]).includes(name),
  );
  for (const operation of tableOperations) {
    it(`answers any ${operation} without failing`, async () => {
      const property = fc.asyncProperty(anyTableBody, (body) =>
        expectAnswer(operation, JSON.stringify(body)),
      );
      await fc.assert(property, { numRuns: 100 });
    });
  }

  it('answers bytes that are no JSON', async () => {
    const operations = fc.constantFrom(...Object.keys(dynamodb.operations));
    const property = fc.asyncProperty(operations, fc.string({ unit: 'binary' }), expectAnswer);
    await fc.assert(property, { numRuns: 200 });
  });
});
