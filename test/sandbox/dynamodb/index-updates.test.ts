import {
  DeleteTableCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  type GlobalSecondaryIndexUpdate,
  type Projection,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTableCommand,
  type UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import fc from 'fast-check';
import { refusal } from '../refusal.ts';
import { Scene } from './scene.ts';

const text = (S: string) => ({ S });
const invalid = 'One or more parameter values were invalid:';
const inUse = 'Attempt to change a resource which is still in use:';

describe('updates of global indexes', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
    await scene.table('books');
  });

  afterEach(() => scene.close());

  const change = (updates: GlobalSecondaryIndexUpdate[], more: Partial<UpdateTableInput> = {}) =>
    scene.admin.dynamodb.send(
      new UpdateTableCommand({ TableName: 'books', GlobalSecondaryIndexUpdates: updates, ...more }),
    );
  const create = (IndexName: string, attribute: string, more: object = {}): GlobalSecondaryIndexUpdate => ({
    Create: {
      IndexName,
      KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
      ...more,
    },
  });
  const defined = (...names: string[]) => ({
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  });
  const byAuthor = () => change([create('by-author', 'author')], defined('author'));
  const remove = (IndexName: string) => change([{ Delete: { IndexName } }]);
  const describeTable = async () =>
    (await scene.admin.dynamodb.send(new DescribeTableCommand({ TableName: 'books' }))).Table;
  const put = (Item: Record<string, { S: string } | { N: string }>) =>
    scene.admin.dynamodb.send(new PutItemCommand({ TableName: 'books', Item }));
  const written = async (author: string) => {
    const { Items = [] } = await scene.admin.dynamodb.send(
      new QueryCommand({
        TableName: 'books',
        IndexName: 'by-author',
        KeyConditionExpression: 'author = :a',
        ExpressionAttributeValues: { ':a': text(author) },
      }),
    );
    return Items.map(({ id }) => id?.S).sort();
  };
  const slow = () =>
    scene.sandbox.setTiming({
      tableUpdateMs: 2_000,
      indexAllocationMs: 30_000,
      indexBackfillMs: 500_000,
      indexUpdateMs: 2_000,
      indexDeletionMs: 5_000,
    });
  const state = async () => {
    const table = await describeTable();
    const [index] = table?.GlobalSecondaryIndexes ?? [];
    return [table?.TableStatus, index?.IndexStatus, index?.Backfilling];
  };

  it('fill a new index from the items that are there, and keep it', async () => {
    await put({ id: text('1'), author: text('Ada'), title: text('Notes') });
    await put({ id: text('2'), author: text('Ada') });
    await put({ id: text('3'), author: { N: '5' } });
    await put({ id: text('4') });
    const { TableDescription } = await byAuthor();
    expect(TableDescription?.TableStatus).to.equal('UPDATING');
    expect(TableDescription?.GlobalSecondaryIndexes?.[0]).to.deep.include({
      IndexName: 'by-author',
      IndexStatus: 'CREATING',
      Backfilling: false,
    });
    const table = await describeTable();
    expect(table?.TableStatus).to.equal('ACTIVE');
    expect(table?.AttributeDefinitions?.map(({ AttributeName }) => AttributeName)).to.deep.equal([
      'id',
      'author',
    ]);
    expect(table?.GlobalSecondaryIndexes?.[0]).to.deep.include({
      IndexStatus: 'ACTIVE',
      IndexArn: `${table?.TableArn}/index/by-author`,
      Projection: { ProjectionType: 'ALL' },
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    });
    expect(table?.GlobalSecondaryIndexes?.[0]).to.not.have.property('Backfilling');
    expect(await written('Ada')).to.deep.equal(['1', '2']);
    await put({ id: text('2'), author: text('Bo') });
    expect(await written('Ada')).to.deep.equal(['1']);
    expect(await written('Bo')).to.deep.equal(['2']);
    expect(await refusal(put({ id: text('5'), author: { N: '5' } }))).to.deep.include({
      name: 'ValidationException',
    });
  });

  it('give an index that was added what one from the start has', async () => {
    const projection = fc.constantFrom<Projection>(
      { ProjectionType: 'ALL' },
      { ProjectionType: 'KEYS_ONLY' },
      { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
    );
    const item = fc.record(
      { id: fc.integer({ min: 0, max: 9 }), a: fc.constantFrom('x', 'y'), n: fc.nat(9), other: fc.boolean() },
      { requiredKeys: ['id'] },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 12 }), projection, async (items, Projection) => {
        const [early, late] = [`early-${run}`, `late-${run++}`];
        const index = {
          IndexName: 'by-a',
          KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' as const }],
          Projection,
        };
        await scene.table(early, { ...defined('id', 'a'), GlobalSecondaryIndexes: [index] });
        await scene.table(late);
        for (const TableName of [early, late]) {
          for (const { id, a, n, other } of items) {
            const Item = {
              id: text(String(id)),
              ...(a !== undefined && { a: text(a) }),
              ...(n !== undefined && { n: { N: String(n) } }),
              ...(other !== undefined && { other: { BOOL: other } }),
            };
            await scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item }));
          }
        }
        await scene.admin.dynamodb.send(
          new UpdateTableCommand({
            TableName: late,
            ...defined('a'),
            GlobalSecondaryIndexUpdates: [{ Create: index }],
          }),
        );
        const [one, other] = await Promise.all(
          [early, late].map((TableName) =>
            scene.admin.dynamodb.send(new ScanCommand({ TableName, IndexName: 'by-a' })),
          ),
        );
        expect(other?.Items).to.deep.equal(one?.Items);
      }),
      { numRuns: 8 },
    );
  });

  it('take an index away, and the attribute that only it defined', async () => {
    await byAuthor();
    const { TableDescription } = await remove('by-author');
    expect(TableDescription?.TableStatus).to.equal('UPDATING');
    expect(TableDescription?.GlobalSecondaryIndexes?.[0]?.IndexStatus).to.equal('DELETING');
    const table = await describeTable();
    expect(table).to.not.have.property('GlobalSecondaryIndexes');
    expect(table?.AttributeDefinitions).to.deep.equal([{ AttributeName: 'id', AttributeType: 'S' }]);
    expect(await refusal(written('Ada'))).to.deep.include({
      message: 'The table does not have the specified index: by-author',
    });
    await put({ id: text('3'), author: { N: '5' } });
  });

  it('pass through AWS’s states in its time', async () => {
    slow();
    await put({ id: text('1'), author: text('Ada') });
    await byAuthor();
    expect(await state()).to.deep.equal(['UPDATING', 'CREATING', false]);
    expect(await refusal(remove('by-author'))).to.deep.include({
      name: 'ResourceInUseException',
      message:
        `${inUse} Index creation is in resource allocation phase. Retry deletion during backfilling phase or when ` +
        'the index is active. Table: books Index: by-author',
    });
    expect(await refusal(change([create('second', 'publisher')], defined('publisher')))).to.deep.include({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    });
    const unreadable = 'Cannot read from backfilling global secondary index: by-author';
    expect(await refusal(written('Ada'))).to.deep.include({
      name: 'ValidationException',
      message: unreadable,
    });
    const statement = new ExecuteStatementCommand({ Statement: 'SELECT * FROM "books"."by-author"' });
    expect(await refusal(scene.admin.dynamodb.send(statement))).to.deep.include({ message: unreadable });
    expect(
      await refusal(scene.admin.dynamodb.send(new DeleteTableCommand({ TableName: 'books' }))),
    ).to.deep.include({
      name: 'ResourceInUseException',
      message: `${inUse} Cannot delete table while indexes are being created, updated, or deleted.`,
    });
    scene.sandbox.clock.advance(31_000);
    expect(await state()).to.deep.equal(['ACTIVE', 'CREATING', true]);
    await put({ id: text('2'), author: text('Ada') });
    scene.sandbox.clock.advance(500_000);
    expect(await state()).to.deep.equal(['ACTIVE', 'ACTIVE', undefined]);
    expect(await written('Ada')).to.deep.equal(['1', '2']);
    await remove('by-author');
    expect(await state()).to.deep.equal(['UPDATING', 'DELETING', undefined]);
    expect(await refusal(remove('by-author'))).to.deep.include({ name: 'ResourceInUseException' });
    scene.sandbox.clock.advance(5_000);
    expect(await state()).to.deep.equal(['ACTIVE', undefined, undefined]);
  });

  it('let go of an index that is being filled', async () => {
    slow();
    await byAuthor();
    scene.sandbox.clock.advance(31_000);
    await remove('by-author');
    expect(await state()).to.deep.equal(['UPDATING', 'DELETING', undefined]);
  });

  it('change what an index is provisioned with', async () => {
    const units = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });
    await change([], {
      GlobalSecondaryIndexUpdates: undefined,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units(1),
    });
    await change([create('by-author', 'author', { ProvisionedThroughput: units(1) })], defined('author'));
    const throughput = async () =>
      (await describeTable())?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput;
    const to = (count: number) =>
      change([{ Update: { IndexName: 'by-author', ProvisionedThroughput: units(count) } }]);
    slow();
    await to(5);
    expect(await state()).to.deep.equal(['ACTIVE', 'UPDATING', undefined]);
    expect(await throughput()).to.deep.include(units(1));
    expect(await refusal(to(7))).to.deep.include({
      name: 'ResourceInUseException',
      message: `${inUse} Index is being updated.  Table: books Index: by-author`,
    });
    scene.sandbox.clock.advance(2_000);
    expect(await throughput()).to.deep.include(units(5));
    expect((await refusal(to(5))).message).to.match(
      /^The provisioned throughput for the index by-author will not change/,
    );
  });

  it('go along with a change of the billing mode', async () => {
    await byAuthor();
    const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 2 };
    const toProvisioned = (updates: GlobalSecondaryIndexUpdate[] | undefined) =>
      change([], { GlobalSecondaryIndexUpdates: updates, BillingMode: 'PROVISIONED', ProvisionedThroughput });
    expect(await refusal(toProvisioned(undefined))).to.deep.include({
      message: `${invalid} ProvisionedThroughput must be specified for index: by-author`,
    });
    await toProvisioned([{ Update: { IndexName: 'by-author', ProvisionedThroughput } }]);
    const table = await describeTable();
    expect(table?.BillingModeSummary?.BillingMode).to.equal('PROVISIONED');
    expect(table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput).to.deep.include(ProvisionedThroughput);
  });

  it('are refused in AWS’s words', async () => {
    await byAuthor();
    const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
    const cases: [request: () => Promise<unknown>, name: string, message: string][] = [
      [byAuthor, 'ValidationException', 'Attempting to create an index which already exists'],
      [
        () => remove('none'),
        'ResourceNotFoundException',
        'Requested resource not found: Index none for table books',
      ],
      [
        () => change([create('other', 'nowhere')], defined('author')),
        'ValidationException',
        `${invalid} Some index key attributes are not defined in AttributeDefinitions. Keys: [nowhere], AttributeDefinitions: [id, author]`,
      ],
      [
        () => change([create('other', 'author')]),
        'ValidationException',
        `${invalid} AttributeDefinitions is not specified for index: other`,
      ],
      [
        () => change([create('other', 'author', { ProvisionedThroughput })], defined('author')),
        'ValidationException',
        `${invalid} Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: other when BillingMode is PAY_PER_REQUEST`,
      ],
      [
        () => change([create('one', 'author'), create('two', 'author')], defined('author')),
        'LimitExceededException',
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
      ],
      [
        () =>
          change([{ Delete: { IndexName: 'by-author' } }, create('by-author', 'author')], defined('author')),
        'ValidationException',
        `${invalid} Only one global secondary index update per index is allowed simultaneously. Index: by-author`,
      ],
      [
        () => change([{}]),
        'ValidationException',
        `${invalid} One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null`,
      ],
      [() => change([]), 'ValidationException', `${invalid} List of GlobalSecondaryIndexUpdates is empty`],
      [
        () =>
          change([{ Delete: { IndexName: 'by-author' } }], {
            BillingMode: 'PROVISIONED',
            ProvisionedThroughput,
          }),
        'ValidationException',
        `${invalid} You cannot create or delete index while updating table IOPS`,
      ],
      [
        () =>
          change(
            [create('other', 'author', { Projection: { ProjectionType: 'INCLUDE' } })],
            defined('author'),
          ),
        'ValidationException',
        `${invalid} ProjectionType is INCLUDE, but NonKeyAttributes is not specified`,
      ],
    ];
    for (const [request, name, message] of cases) {
      expect(await refusal(request()), message).to.deep.equal({ name, message, status: 400 });
    }
    expect((await describeTable())?.GlobalSecondaryIndexes).to.have.length(1);
  });

  it('need the key of the table', async () => {
    const keyArn = await scene.key();
    await scene.table('sealed', {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    expect(
      await refusal(change([create('by-author', 'author')], { ...defined('author'), TableName: 'sealed' })),
    ).to.deep.include({ name: 'ValidationException' });
  });
});
