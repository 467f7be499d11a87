import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene } from './scene.ts';

describe('items', () => {
  let scene: Scene;
  let client: DynamoDBClient;

  before(async () => {
    scene = await Scene.start();
    client = scene.admin.dynamodb;
    await scene.table('visits', {
      AttributeDefinitions: [
        { AttributeName: 'patient', AttributeType: 'S' },
        { AttributeName: 'day', AttributeType: 'N' },
        { AttributeName: 'doctor', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'patient', KeyType: 'HASH' },
        { AttributeName: 'day', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-doctor',
          KeySchema: [
            { AttributeName: 'doctor', KeyType: 'HASH' },
            { AttributeName: 'day', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-patient-and-doctor',
          KeySchema: [
            { AttributeName: 'patient', KeyType: 'HASH' },
            { AttributeName: 'doctor', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    for (const day of [-10, -1.5, 0, 2, 10, 100]) {
      await client.send(
        new PutItemCommand({
          TableName: 'visits',
          Item: {
            patient: { S: 'ada' },
            day: { N: String(day) },
            doctor: { S: day > 0 ? 'grace' : 'alan' },
            note: { S: `day ${day}` },
          },
        }),
      );
    }
  });

  after(() => scene.close());

  const days = (items: readonly Record<string, { N?: string }>[] | undefined) =>
    items?.map((item) => Number(item.day?.N));

  it('keep every type of value', async () => {
    await scene.table('values');
    const Item = {
      id: { S: 'all' },
      number: { N: '-12345678901234567890.123456789' },
      bytes: { B: Buffer.from([0, 255, 128]) },
      yes: { BOOL: true },
      nothing: { NULL: true },
      texts: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2.5'] },
      blobs: { BS: [Buffer.from('x')] },
      list: { L: [{ S: '' }, { N: '0' }, { M: { constructor: { S: 'is a name' } } }] },
      map: { M: { ünïcode: { S: '🔑' } } },
    };
    await client.send(new PutItemCommand({ TableName: 'values', Item }));
    const found = await client.send(
      new GetItemCommand({ TableName: 'values', Key: { id: { S: 'all' } }, ConsistentRead: true }),
    );
    const plain = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_, inner) => (inner instanceof Uint8Array ? [...inner] : inner)));
    expect(plain(found.Item)).to.deep.equal(
      plain({
        ...Item,
        bytes: { B: Uint8Array.from(Item.bytes.B) },
        blobs: { BS: [Uint8Array.from(Buffer.from('x'))] },
      }),
    );
  });

  it('that are not there are not an error', async () => {
    const Key = { patient: { S: 'nobody' }, day: { N: '1' } };
    const found = await client.send(new GetItemCommand({ TableName: 'visits', Key }));
    expect(found).not.to.have.property('Item');
    await client.send(new DeleteItemCommand({ TableName: 'visits', Key }));
  });

  it('are found by their partition key in the order of their sort key', async () => {
    const ask = async (
      condition: string,
      rest: Partial<ConstructorParameters<typeof QueryCommand>[0]> = {},
    ) => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: 'visits',
          KeyConditionExpression: `patient = :p${condition}`,
          ExpressionAttributeNames: condition ? { '#day': 'day' } : undefined,
          ExpressionAttributeValues: {
            ':p': { S: 'ada' },
            ...(condition.includes(':a') && { ':a': { N: '-1.5' } }),
            ...(condition.includes(':b') && { ':b': { N: '10' } }),
          },
          ...rest,
        }),
      );
      return days(Items);
    };
    expect(await ask('')).to.deep.equal([-10, -1.5, 0, 2, 10, 100]);
    expect(await ask('', { ScanIndexForward: false, Limit: 2 })).to.deep.equal([100, 10]);
    expect(await ask(' AND #day > :a')).to.deep.equal([0, 2, 10, 100]);
    expect(await ask(' AND #day BETWEEN :a AND :b')).to.deep.equal([-1.5, 0, 2, 10]);
  });

  it('come page by page from Query and Scan, each of them once', async () => {
    for (const command of [
      (ExclusiveStartKey?: Record<string, never>) =>
        client.send(
          new QueryCommand({
            TableName: 'visits',
            KeyConditionExpression: 'patient = :p',
            ExpressionAttributeValues: { ':p': { S: 'ada' } },
            Limit: 4,
            ExclusiveStartKey,
          }),
        ),
      (ExclusiveStartKey?: Record<string, never>) =>
        client.send(new ScanCommand({ TableName: 'visits', Limit: 4, ExclusiveStartKey })),
    ]) {
      const first = await command();
      expect(first.Items).to.have.length(4);
      const second = await command(first.LastEvaluatedKey as Record<string, never>);
      expect(second.LastEvaluatedKey).to.equal(undefined);
      expect(days([...(first.Items ?? []), ...(second.Items ?? [])])).to.have.members([
        -10, -1.5, 0, 2, 10, 100,
      ]);
    }
  });

  it('are in the indexes that their attributes are the key of', async () => {
    const byDoctor = async () => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: 'visits',
          IndexName: 'by-doctor',
          KeyConditionExpression: 'doctor = :d',
          ExpressionAttributeValues: { ':d': { S: 'grace' } },
        }),
      );
      return Items;
    };
    expect(days(await byDoctor())).to.deep.equal([2, 10, 100]);
    expect((await byDoctor())?.[0]).to.have.all.keys('patient', 'day', 'doctor');
    const Key = { patient: { S: 'ada' }, day: { N: '2' } };
    const setDoctor = (name: string) =>
      client.send(
        new UpdateItemCommand({
          TableName: 'visits',
          Key,
          UpdateExpression: 'SET doctor = :d',
          ExpressionAttributeValues: { ':d': { S: name } },
        }),
      );
    await setDoctor('alan');
    expect(days(await byDoctor())).to.deep.equal([10, 100]);
    await setDoctor('grace');
  });

  it('come whole from a local index when all attributes are asked for', async () => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: 'visits',
        IndexName: 'by-patient-and-doctor',
        Select: 'ALL_ATTRIBUTES',
        KeyConditionExpression: 'patient = :p AND doctor = :d',
        ExpressionAttributeValues: { ':p': { S: 'ada' }, ':d': { S: 'grace' } },
      }),
    );
    expect(Items?.map((item) => item.note?.S)).to.have.members(['day 2', 'day 10', 'day 100']);
  });

  it('pass through a filter before the projection and after the limit', async () => {
    const answer = await client.send(
      new ScanCommand({
        TableName: 'visits',
        FilterExpression: 'begins_with(note, :n) AND #d <= :max',
        ProjectionExpression: '#d',
        ExpressionAttributeNames: { '#d': 'day' },
        ExpressionAttributeValues: { ':n': { S: 'day 1' }, ':max': { N: '10' } },
      }),
    );
    expect(answer).to.deep.include({ Items: [{ day: { N: '10' } }], Count: 1, ScannedCount: 6 });
    const counted = await client.send(
      new ScanCommand({
        TableName: 'visits',
        Select: 'COUNT',
        FilterExpression: 'doctor = :d',
        ExpressionAttributeValues: { ':d': { S: 'grace' } },
      }),
    );
    expect(counted).to.include({ Count: 3, ScannedCount: 6 }).and.not.to.have.property('Items');
  });

  const update = (input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'updated',
        Key: { id: { S: '1' } },
        ReturnValues: 'ALL_NEW',
        ...input,
      }),
    );

  it('change by expressions', async () => {
    await scene.table('updated');
    const change = async (UpdateExpression: string, ExpressionAttributeValues?: Record<string, never>) =>
      (await update({ UpdateExpression, ExpressionAttributeValues })).Attributes;
    const values = (given: object) => given as Record<string, never>;
    expect(
      await change(
        'SET hits = if_not_exists(hits, :zero) + :one',
        values({ ':zero': { N: '0' }, ':one': { N: '1' } }),
      ),
    ).to.deep.include({ hits: { N: '1' } });
    expect(
      await change('ADD hits :two, seen :s', values({ ':two': { N: '2' }, ':s': { SS: ['a', 'b'] } })),
    ).to.deep.include({ hits: { N: '3' }, seen: { SS: ['a', 'b'] } });
    expect(
      await change(
        'DELETE seen :s SET many = :l',
        values({ ':s': { SS: ['a'] }, ':l': { L: [{ S: 'x' }] } }),
      ),
    ).to.deep.include({ seen: { SS: ['b'] } });
    expect(
      await change('SET many = list_append(many, :l)', values({ ':l': { L: [{ S: 'y' }] } })),
    ).to.deep.include({ many: { L: [{ S: 'x' }, { S: 'y' }] } });
    expect(await change('SET many[4000000000] = :v', values({ ':v': { S: 'z' } }))).to.deep.include({
      many: { L: [{ S: 'x' }, { S: 'y' }, { S: 'z' }] },
    });
    expect(await change('REMOVE many[0], seen')).to.deep.equal({
      id: { S: '1' },
      hits: { N: '3' },
      many: { L: [{ S: 'y' }, { S: 'z' }] },
    });
  });

  it('change only where their condition holds', async () => {
    await scene.table('conditional');
    const TableName = 'conditional';
    const Item = { id: { S: '1' }, version: { N: '1' } };
    const create = () =>
      client.send(
        new PutItemCommand({
          TableName,
          Item,
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    await create();
    const failure = await create().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(ConditionalCheckFailedException);
    expect(failure).to.deep.include({ message: 'The conditional request failed', Item });
    const refused = await refusal(
      client.send(
        new DeleteItemCommand({
          TableName,
          Key: { id: Item.id },
          ConditionExpression: 'version = :v',
          ExpressionAttributeValues: { ':v': { N: '2' } },
        }),
      ),
    );
    expect(refused).to.deep.equal({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      status: 400,
    });
    await client.send(
      new DeleteItemCommand({
        TableName,
        Key: { id: Item.id },
        Expected: { version: { Value: { N: '1' } } },
      }),
    );
  });

  it('have one winner when many write on the same condition at once', async () => {
    await scene.table('race');
    const attempts = Array.from({ length: 20 }, (_, writer) =>
      client
        .send(
          new PutItemCommand({
            TableName: 'race',
            Item: { id: { S: 'lock' }, writer: { N: String(writer) } },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        )
        .then(
          () => writer,
          () => undefined,
        ),
    );
    const winners = (await Promise.all(attempts)).filter((writer) => writer !== undefined);
    expect(winners).to.have.length(1);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'race', Key: { id: { S: 'lock' } } }));
    expect(Item?.writer?.N).to.equal(String(winners[0]));
  });

  it('are written and read in batches, by name or by ARN', async () => {
    await scene.table('batch');
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/batch`;
    const items = Array.from({ length: 25 }, (_, index) => ({ id: { S: String(index) } }));
    const written = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [arn]: items.map((Item) => ({ PutRequest: { Item } })) } }),
    );
    expect(written.UnprocessedItems).to.deep.equal({});
    const read = await client.send(new BatchGetItemCommand({ RequestItems: { [arn]: { Keys: items } } }));
    expect(read.Responses?.[arn]).to.have.deep.members(items);
    const twoTables = ['batch', 'visits'].map((name) => [
      name,
      items.slice(0, 13).map((Item) => ({ PutRequest: { Item } })),
    ]);
    const tooMany = client.send(new BatchWriteItemCommand({ RequestItems: Object.fromEntries(twoTables) }));
    expect((await refusal(tooMany)).message).to.equal('Too many items requested for the BatchWriteItem call');
    const twice = client.send(
      new BatchGetItemCommand({ RequestItems: { [arn]: { Keys: items }, batch: { Keys: items } } }),
    );
    expect((await refusal(twice)).message).to.equal('The sandbox takes a table by one name only in a batch.');
  });

  it('say what they cost when asked', async () => {
    const { ConsumedCapacity } = await client.send(
      new ScanCommand({ TableName: 'visits', ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true }),
    );
    expect(ConsumedCapacity).to.deep.equal({ CapacityUnits: 1, TableName: 'visits' });
  });

  const refused: [string, () => Promise<unknown>, string][] = [
    [
      'without their key',
      () => client.send(new PutItemCommand({ TableName: 'values', Item: { name: { S: 'x' } } })),
      'One or more parameter values were invalid: Missing the key id in the item',
    ],
    [
      'with a key of another type',
      () => client.send(new GetItemCommand({ TableName: 'values', Key: { id: { N: '1' } } })),
      'The provided key element does not match the schema',
    ],
    [
      'with a reserved word in an expression',
      () => update({ UpdateExpression: 'SET size = :v', ExpressionAttributeValues: { ':v': { N: '1' } } }),
      'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: size',
    ],
    [
      'with a value that no expression uses',
      () =>
        update({
          UpdateExpression: 'SET a = :v',
          ExpressionAttributeValues: { ':v': { N: '1' }, ':w': { N: '2' } },
        }),
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
    ],
    [
      'over 400 KB',
      () =>
        client.send(
          new PutItemCommand({
            TableName: 'values',
            Item: { id: { S: '1' }, text: { S: 'x'.repeat(410_000) } },
          }),
        ),
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'by an index that is not there',
      () => client.send(new ScanCommand({ TableName: 'values', IndexName: 'nothing' })),
      'The table does not have the specified index: nothing',
    ],
  ];
  for (const [what, request, message] of refused) {
    it(`are refused ${what}`, async () => {
      expect(await refusal(request())).to.deep.equal({ name: 'ValidationException', message, status: 400 });
    });
  }

  it('are scanned in a million segments at most', async () => {
    const segment = (Segment: number, TotalSegments: number) =>
      client.send(new ScanCommand({ TableName: 'visits', Segment, TotalSegments }));
    expect((await segment(0, 1_000_000)).$metadata.httpStatusCode).to.equal(200);
    expect(await refusal(segment(0, 1_000_001))).to.include({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000",
    });
  });
});
