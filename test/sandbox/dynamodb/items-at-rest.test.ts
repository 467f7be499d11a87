import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DisableKeyCommand,
  EnableKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { expect } from 'chai';
import fc from 'fast-check';
import { itemsAtRest } from '../../../sandbox/services/dynamodb/encryption/items-at-rest.ts';
import { SealingKey } from '../../../sandbox/services/dynamodb/encryption/sealing-key.ts';
import { refusal } from '../refusal.ts';
import { region, Scene } from './scene.ts';

const TableName = 'patients';
const Item = { id: { S: '1' }, diagnosis: { S: 'a broken leg' } };
const dayMs = 24 * 60 * 60 * 1000;

describe('items at rest', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
  });

  afterEach(() => scene.close());

  const atRest = (tableName = TableName) => itemsAtRest(scene.sandbox.account, region, tableName) ?? [];
  const under = (KMSMasterKeyId?: string) => ({
    SSESpecification: { Enabled: true, SSEType: 'KMS' as const, KMSMasterKeyId },
  });
  const put = () => scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item }));
  const bytesOf = () => atRest().map(({ bytes }) => Buffer.from(bytes).toString('hex'));

  it('are ciphertext under every kind of key, and open as long as the key can be used', async () => {
    const kinds = { owned: {}, managed: under(), customer: under(await scene.key()) };
    for (const [name, specification] of Object.entries(kinds)) {
      await scene.table(name, specification);
      await scene.admin.dynamodb.send(new PutItemCommand({ TableName: name, Item }));
      const [only] = atRest(name);
      expect(only?.key).to.deep.equal({ id: Item.id });
      expect(only?.item).to.deep.equal(Item);
      expect(Buffer.from(only?.bytes ?? []).includes('leg')).to.equal(false);
    }
    expect(itemsAtRest(scene.sandbox.account, region, 'nowhere')).to.equal(undefined);
  });

  it('hold nothing of the text of any item', async () => {
    const text = fc.string({ minLength: 6, maxLength: 40 });
    const value: fc.Arbitrary<AttributeValue> = fc.oneof(
      text.map((S) => ({ S })),
      fc.bigInt(10n ** 8n, 10n ** 30n).map((n) => ({ N: String(n) })),
      fc.uint8Array({ minLength: 6, maxLength: 40 }).map((B) => ({ B })),
      fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
      text.map((S) => ({ M: { nested: { L: [{ S }] } } })),
    );
    const texts = (held: AttributeValue): (string | Uint8Array)[] =>
      [held.S, held.N, held.B, ...(held.SS ?? []), held.M?.nested?.L?.[0]?.S].filter(
        (one) => one !== undefined,
      );
    await scene.table(TableName, under(await scene.key()));
    await fc.assert(
      fc.asyncProperty(text, fc.array(value, { maxLength: 5 }), async (id, values) => {
        const attributes = Object.fromEntries(values.map((held, index) => [`attribute${index}`, held]));
        const whole = { ...attributes, id: { S: id } };
        await scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item: whole }));
        const stored = atRest().find(({ key }) => key.id?.S === id);
        const bytes = Buffer.from(stored?.bytes ?? []);
        expect(bytes.length).to.be.greaterThan(0);
        for (const held of [
          ...Object.keys(whole).filter((name) => name !== 'id'),
          ...Object.values(whole).flatMap(texts),
        ]) {
          expect(bytes.includes(Buffer.from(held)), String(held)).to.equal(false);
          expect(bytes.includes(Buffer.from(held).toString('base64').slice(0, 8))).to.equal(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are in indexes sealed as well', async () => {
    await scene.admin.dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['id', 'diagnosis'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-diagnosis',
            KeySchema: [{ AttributeName: 'diagnosis', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        ...under(),
      }),
    );
    await put();
    const { Items } = await scene.admin.dynamodb.send(
      new ScanCommand({ TableName, IndexName: 'by-diagnosis' }),
    );
    expect(Items).to.deep.equal([Item]);
  });

  it('are the same bytes nowhere twice', async () => {
    await scene.table(TableName);
    await put();
    const first = bytesOf();
    await put();
    expect(bytesOf()).to.not.deep.equal(first);
  });

  it('stay sealed while their key is disabled or pending deletion', async () => {
    const KeyId = await scene.key();
    await scene.table(TableName, under(KeyId));
    await put();
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId }));
    expect(atRest()[0]).to.have.all.keys('key', 'bytes');
    await scene.admin.kms.send(new EnableKeyCommand({ KeyId }));
    expect(atRest()[0]?.item).to.deep.equal(Item);
    await scene.admin.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(atRest()[0]).to.not.have.property('item');
    scene.sandbox.clock.advance(8 * dayMs);
    expect(atRest()[0]).to.not.have.property('item');
    expect(atRest()[0]?.key).to.deep.equal({ id: Item.id });
  });

  it('get a new table key, and are not sealed again, when the table changes keys', async () => {
    const keys = [await scene.key(), await scene.key()];
    await scene.table(TableName);
    await put();
    const encryption = () => scene.sandbox.account.dynamodb(region).table(TableName)?.encryption.keys;
    const [bytes, wrapped] = [bytesOf(), encryption()];
    const specifications = [...keys.map(under), { SSESpecification: { Enabled: false } }];
    for (const specification of specifications) {
      await scene.admin.dynamodb.send(new UpdateTableCommand({ TableName, ...specification }));
      const { Item: read } = await scene.admin.dynamodb.send(
        new GetItemCommand({ TableName, Key: { id: Item.id } }),
      );
      expect(read).to.deep.equal(Item);
      expect(bytesOf()).to.deep.equal(bytes);
      const keys = encryption();
      expect(keys?.tableKey).to.not.deep.equal(wrapped?.tableKey);
      expect(keys?.dataKey).to.not.deep.equal(wrapped?.dataKey);
    }
  });

  it('do not depend on the key that their table has left', async () => {
    const [first, second] = [await scene.key(), await scene.key()];
    await scene.table(TableName, under(first));
    await put();
    await scene.admin.dynamodb.send(new UpdateTableCommand({ TableName, ...under(second) }));
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: first }));
    expect(atRest()[0]?.item).to.deep.equal(Item);
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: second }));
    expect(atRest()[0]).to.not.have.property('item');
    const read = scene.admin.dynamodb.send(new GetItemCommand({ TableName, Key: { id: Item.id } }));
    expect((await refusal(read)).message).to.match(/^KMS key disabled error: /);
  });

  it('survive the rotation of their key', async () => {
    const KeyId = await scene.key();
    await scene.table(TableName, under(KeyId));
    await put();
    await scene.admin.kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    scene.sandbox.clock.advance(dayMs);
    expect(atRest()[0]?.item).to.deep.equal(Item);
  });

  it('are named by their keys, whatever the types of these', async () => {
    const number = fc.oneof(
      fc.bigInt(-(10n ** 37n), 10n ** 37n).map(String),
      fc.tuple(fc.integer(), fc.nat({ max: 999 })).map(([whole, part]) => `${whole}.${part}`),
      fc.tuple(fc.integer(), fc.integer({ min: -30, max: 30 })).map(([n, power]) => `${n}e${power}`),
    );
    await scene.admin.dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'binary', AttributeType: 'B' },
          { AttributeName: 'number', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'binary', KeyType: 'HASH' },
          { AttributeName: 'number', KeyType: 'RANGE' },
        ],
      }),
    );
    const keys = fc.uniqueArray(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), number), {
      minLength: 1,
      maxLength: 20,
      selector: ([bytes]) => Buffer.from(bytes).toString('hex'),
    });
    await fc.assert(
      fc.asyncProperty(keys, async (pairs) => {
        const puts = pairs.map(([B, N]) => ({ PutRequest: { Item: { binary: { B }, number: { N } } } }));
        await scene.admin.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
        for (const { key, item } of atRest()) expect(key).to.deep.equal(item);
      }),
      { numRuns: 30 },
    );
  });

  it('open only as they were sealed and where they lie', () => {
    const key = new SealingKey(Buffer.alloc(32, 1));
    const sealed = key.seal(Buffer.from('text'), 'here');
    expect(key.open(sealed, 'here').toString()).to.equal('text');
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(30) ^ 1, 30);
    expect(() => key.open(changed, 'here')).to.throw();
    expect(() => key.open(sealed, 'there')).to.throw();
    expect(() => new SealingKey(Buffer.alloc(32, 2)).open(sealed, 'here')).to.throw();
  });
});
