import {
  type CreateTableInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
  type UpdateTableInput,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene } from './scene.ts';

const invalid = 'One or more parameter values were invalid: ';
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('tables', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
  });

  afterEach(() => scene.close());

  const send = {
    describe: async (TableName: string) =>
      (await scene.admin.dynamodb.send(new DescribeTableCommand({ TableName }))).Table,
    delete: async (TableName: string) =>
      (await scene.admin.dynamodb.send(new DeleteTableCommand({ TableName }))).TableDescription,
    update: async (input: UpdateTableInput) =>
      (await scene.admin.dynamodb.send(new UpdateTableCommand(input))).TableDescription,
  };

  const arn = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  const provisioned = {
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  } as const;

  it('have the shape that AWS gives a table with a provisioned throughput', async () => {
    const created = await scene.table('plain', provisioned);
    const constant = {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      DeletionProtectionEnabled: false,
      ItemCount: 0,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      TableArn: arn('plain'),
      TableId: created?.TableId,
      TableName: 'plain',
      TableSizeBytes: 0,
      CreationDateTime: created?.CreationDateTime,
    };
    expect(created?.TableId).to.match(uuidPattern);
    expect(created?.CreationDateTime).to.be.a('date');
    expect(created).to.deep.equal({ ...constant, TableStatus: 'CREATING' });
    expect(await send.describe('plain')).to.deep.equal({
      ...constant,
      TableStatus: 'ACTIVE',
      WarmThroughput: { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 5, Status: 'ACTIVE' },
    });
    const { AttributeDefinitions, KeySchema, CreationDateTime, ...kept } = constant;
    expect(await send.delete('plain')).to.deep.equal({ ...kept, TableStatus: 'DELETING' });
    expect(await refusal(send.describe('plain'))).to.deep.equal({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: plain not found',
      status: 400,
    });
  });

  it('show how they are billed when they are billed by request', async () => {
    const created = await scene.table('on-demand');
    expect(created?.BillingModeSummary).to.deep.equal({ BillingMode: 'PAY_PER_REQUEST' });
    const table = await send.describe('on-demand');
    expect(table?.BillingModeSummary?.LastUpdateToPayPerRequestDateTime).to.be.a('date');
    expect(table?.ProvisionedThroughput).to.include({ ReadCapacityUnits: 0, WriteCapacityUnits: 0 });
    expect(table?.WarmThroughput).to.include({ ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 });
  });

  it('satisfy the waiters of the SDK', async () => {
    const client = scene.admin.dynamodb;
    await scene.table('waited-for');
    await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: 'waited-for' });
    await send.delete('waited-for');
    await waitUntilTableNotExists({ client, maxWaitTime: 30 }, { TableName: 'waited-for' });
  });

  it('pass through CREATING, UPDATING and DELETING in the time that is set', async () => {
    scene.sandbox.setTiming({ tableCreationMs: 6_000, tableUpdateMs: 2_000, tableDeletionMs: 5_000 });
    const inUse = (why: string) => ({
      name: 'ResourceInUseException',
      message: `Attempt to change a resource which is still in use: ${why}`,
      status: 400,
    });
    const TableName = 'slow';
    await scene.table(TableName, provisioned);
    expect((await send.describe(TableName))?.TableStatus).to.equal('CREATING');
    expect(await refusal(scene.table(TableName))).to.deep.equal(inUse('Table is being created: slow'));
    expect(await refusal(send.delete(TableName))).to.deep.equal(inUse('Table is being created: slow'));
    const read = () => scene.admin.dynamodb.send(new ScanCommand({ TableName }));
    expect((await refusal(read())).name).to.equal('ResourceNotFoundException');
    expect(
      (await refusal(scene.admin.dynamodb.send(new DescribeTimeToLiveCommand({ TableName })))).message,
    ).to.equal(
      'Cannot describe time to live while table is in CREATING state: Current table state is CREATING',
    );

    scene.sandbox.clock.advance(6_000);
    expect((await send.describe(TableName))?.TableStatus).to.equal('ACTIVE');
    const more = { ReadCapacityUnits: 10, WriteCapacityUnits: 1 };
    expect(await send.update({ TableName, ProvisionedThroughput: more })).to.deep.include({
      TableStatus: 'UPDATING',
    });
    expect((await send.describe(TableName))?.ProvisionedThroughput).to.include({ ReadCapacityUnits: 5 });
    expect(await refusal(send.delete(TableName))).to.deep.equal(
      inUse('Table: slow is in the process of being updated.'),
    );
    expect(await refusal(send.update({ TableName, ProvisionedThroughput: more }))).to.deep.equal(
      inUse('Table IOPS are currently being updated. Table: slow'),
    );
    await read();

    scene.sandbox.clock.advance(2_000);
    const updated = await send.describe(TableName);
    expect(updated?.TableStatus).to.equal('ACTIVE');
    expect(updated?.ProvisionedThroughput).to.include({
      ReadCapacityUnits: 10,
      WriteCapacityUnits: 1,
      NumberOfDecreasesToday: 1,
    });
    expect(updated?.WarmThroughput).to.include({ ReadUnitsPerSecond: 10, WriteUnitsPerSecond: 5 });

    await send.delete(TableName);
    expect((await send.describe(TableName))?.TableStatus).to.equal('DELETING');
    expect(await refusal(send.delete(TableName))).to.deep.equal(inUse('Table is being deleted: slow'));
    expect((await refusal(scene.table(TableName))).message).to.equal('Table already exists: slow');
    expect((await refusal(read())).name).to.equal('ResourceNotFoundException');
    scene.sandbox.clock.advance(5_000);
    expect((await scene.admin.dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
  });

  it('are there once under a name', async () => {
    await scene.table('once');
    expect(await refusal(scene.table('once', provisioned))).to.deep.equal({
      name: 'ResourceInUseException',
      message: 'Table already exists: once',
      status: 400,
    });
    await scene.table('ONCE');
  });

  it('are new tables when they are made again under an old name', async () => {
    const before = await scene.table('again');
    await scene.admin.dynamodb.send(new PutItemCommand({ TableName: 'again', Item: { id: { S: '1' } } }));
    await send.delete('again');
    const after = await scene.table('again');
    expect(after?.TableArn).to.equal(before?.TableArn);
    expect(after?.TableId).not.to.equal(before?.TableId);
    const { Count } = await scene.admin.dynamodb.send(new ScanCommand({ TableName: 'again' }));
    expect(Count).to.equal(0);
  });

  it('are apart in each Region', async () => {
    await scene.table('regional');
    const elsewhere = scene.clients(scene.sandbox.administrator, 'us-east-1').dynamodb;
    expect((await elsewhere.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
    const byArn = elsewhere.send(new DescribeTableCommand({ TableName: arn('regional') }));
    expect((await refusal(byArn)).name).to.equal('ResourceNotFoundException');
  });

  it('can be named by their ARN', async () => {
    const TableName = arn('by-arn');
    await scene.table(TableName);
    expect((await send.describe(TableName))?.TableName).to.equal('by-arn');
    const Item = { id: { S: '1' } };
    await scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item }));
    const found = await scene.admin.dynamodb.send(new GetItemCommand({ TableName: 'by-arn', Key: Item }));
    expect(found.Item).to.deep.equal(Item);
    expect((await refusal(send.describe(arn('missing')))).message).to.equal(
      'Requested resource not found: Table: missing not found',
    );
  });

  it('with deletion protection stay until it is taken away', async () => {
    const TableName = 'protected';
    await scene.table(TableName, { DeletionProtectionEnabled: true });
    expect(await refusal(send.delete(TableName))).to.deep.equal({
      name: 'ValidationException',
      message:
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      status: 400,
    });
    expect(await send.update({ TableName, DeletionProtectionEnabled: false })).to.include({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: false,
    });
    await send.delete(TableName);
  });

  it('change the way they are billed', async () => {
    const TableName = 'billed';
    await scene.table(TableName, provisioned);
    expect(await send.update({ TableName, BillingMode: 'PAY_PER_REQUEST' })).to.deep.include({
      TableStatus: 'UPDATING',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    expect(await send.describe(TableName)).to.include({ TableStatus: 'ACTIVE' });
    await send.update({ TableName, BillingMode: 'PAY_PER_REQUEST' });
    expect(await send.describe(TableName)).to.include({ TableStatus: 'ACTIVE' });
    const throughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
    const refused = async (input: Omit<UpdateTableInput, 'TableName'>) =>
      (await refusal(send.update({ TableName, ...input }))).message;
    expect(await refused({ ProvisionedThroughput: throughput })).to.equal(
      `${invalid}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    );
    expect(await refused({ BillingMode: 'PROVISIONED' })).to.equal(
      `${invalid}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    );
    await send.update({ TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput });
    expect(await refused({ ProvisionedThroughput: throughput })).to.match(
      /^The provisioned throughput for the table will not change\. .*Requested WriteCapacityUnits: 1\. Refer to/,
    );
    expect(
      await refused({ ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 } }),
    ).to.equal(
      "2 validation errors detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  });

  it('count their items every six hours', async () => {
    const TableName = 'counted';
    await scene.table(TableName);
    await scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'abc' } } }));
    expect(await send.describe(TableName)).to.include({ ItemCount: 0, TableSizeBytes: 0 });
    scene.sandbox.clock.advance(6 * 60 * 60 * 1000);
    expect(await send.describe(TableName)).to.include({ ItemCount: 1, TableSizeBytes: 5 });
  });

  it('describe their indexes', async () => {
    await scene.table('indexed', {
      AttributeDefinitions: ['id', 'when', 'who'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'when', KeyType: 'RANGE' },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          KeySchema: [
            { AttributeName: 'id', KeyType: 'HASH' },
            { AttributeName: 'who', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-who',
          KeySchema: [{ AttributeName: 'who', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    const table = await send.describe('indexed');
    expect(table?.LocalSecondaryIndexes?.[0]).to.include({
      IndexName: 'local',
      IndexArn: `${arn('indexed')}/index/local`,
    });
    expect(table?.GlobalSecondaryIndexes?.[0]).to.deep.include({
      IndexName: 'by-who',
      IndexArn: `${arn('indexed')}/index/by-who`,
      IndexStatus: 'ACTIVE',
      Projection: { ProjectionType: 'KEYS_ONLY' },
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    });
  });

  it('are listed page by page in the order of their names', async () => {
    const names = ['beta', 'Alpha', 'alpha', 'gamma', 'Beta'];
    for (const name of names) await scene.table(name);
    const page = async (Limit?: number, ExclusiveStartTableName?: string) => {
      const { TableNames, LastEvaluatedTableName } = await scene.admin.dynamodb.send(
        new ListTablesCommand({ Limit, ExclusiveStartTableName }),
      );
      return [TableNames, LastEvaluatedTableName];
    };
    expect(await page()).to.deep.equal([['Alpha', 'Beta', 'alpha', 'beta', 'gamma'], undefined]);
    expect(await page(2)).to.deep.equal([['Alpha', 'Beta'], 'Beta']);
    expect(await page(2, 'Beta')).to.deep.equal([['alpha', 'beta'], 'beta']);
    expect(await page(2, 'beta')).to.deep.equal([['gamma'], undefined]);
    expect(await page(1, 'beta')).to.deep.equal([['gamma'], undefined]);
    expect(await page(5, 'bet-never-there')).to.deep.equal([['beta', 'gamma'], undefined]);
    expect((await refusal(page(101))).message).to.equal(
      "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
    expect((await refusal(page(1, arn('alpha')))).name).to.equal('ValidationException');
  });

  const refusedDefinitions: [string, Partial<CreateTableInput>, string | RegExp][] = [
    [
      'a throughput beside billing by request',
      { ProvisionedThroughput: provisioned.ProvisionedThroughput },
      `${invalid}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      'no throughput',
      { BillingMode: undefined },
      `${invalid}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    ],
    [
      'an attribute without use',
      {
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'name', AttributeType: 'S' },
        ],
      },
      `${invalid}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
    ],
    ['no key', { KeySchema: undefined }, /Value null at 'keySchema' failed to satisfy constraint/],
    [
      'an ARN elsewhere',
      { TableName: 'arn:aws:dynamodb:us-east-1:123456789012:table/elsewhere' },
      'Invalid TableArn: arn:aws:dynamodb:us-east-1:123456789012:table/elsewhere',
    ],
    ['too short a name', { TableName: 'ab' }, /Value 'ab' at 'tableName' failed to satisfy constraint/],
    [
      'a stream',
      { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } },
      'The sandbox does not support StreamSpecification in CreateTable.',
    ],
    [
      'a limit on demand',
      { OnDemandThroughput: { MaxReadRequestUnits: 1 } },
      'The sandbox does not support OnDemandThroughput in CreateTable.',
    ],
  ];
  for (const [what, input, message] of refusedDefinitions) {
    it(`are not created with ${what}`, async () => {
      const refused = await refusal(scene.table('refused', input));
      expect(refused).to.include({ name: 'ValidationException', status: 400 });
      if (typeof message === 'string') expect(refused.message).to.equal(message);
      else expect(refused.message).to.match(message);
    });
  }

  it('refuse names and views that no table can have', async () => {
    const refused = async (changes: Partial<CreateTableInput>, message: string) => {
      expect(await refusal(scene.table('refused', changes))).to.include({
        name: 'ValidationException',
        message,
      });
    };
    const member = 'Member must have length';
    const withKey = (AttributeName: string): Partial<CreateTableInput> => ({
      AttributeDefinitions: [{ AttributeName, AttributeType: 'S' }],
      KeySchema: [{ AttributeName, KeyType: 'HASH' }],
    });
    const places = ['attributeDefinitions.1.member.attributeName', 'keySchema.1.member.attributeName'];
    for (const [name, what] of [
      ['', 'greater than or equal to 1'],
      ['x'.repeat(256), 'less than or equal to 255'],
    ] as const) {
      const sentences = places.map(
        (at) => `Value '${name}' at '${at}' failed to satisfy constraint: ${member} ${what}`,
      );
      await refused(withKey(name), `2 validation errors detected: ${sentences.join('; ')}`);
    }
    await refused(
      { StreamSpecification: { StreamEnabled: false, StreamViewType: 'NOTHING' as never } },
      "1 validation error detected: Value 'NOTHING' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE, OLD_IMAGE]",
    );
  });

  it('refuse changes that the sandbox does not have, by name', async () => {
    const TableName = 'unchanged';
    await scene.table(TableName);
    const refused = await refusal(send.update({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' }));
    expect(refused.message).to.equal('The sandbox does not support TableClass in UpdateTable.');
    expect((await refusal(send.update({ TableName }))).message).to.match(
      /^At least one of ProvisionedThroughput, BillingMode, .* or TableClass is required$/,
    );
  });

  it('take a permission for each operation', async () => {
    const user = await scene.user('nobody', []);
    await scene.table('closed');
    const denied = async (request: Promise<unknown>) => (await refusal(request)).message;
    expect(await denied(user.dynamodb.send(new ListTablesCommand({})))).to.contain(
      `dynamodb:ListTables on resource: ${arn('*')} because`,
    );
    for (const name of ['closed', 'never-there']) {
      const describeTable = user.dynamodb.send(new DescribeTableCommand({ TableName: name }));
      expect(await denied(describeTable)).to.contain(
        `dynamodb:DescribeTable on resource: ${arn(name)} because`,
      );
    }
  });
});
