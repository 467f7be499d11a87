/** Signed requests that are made to be slow, large or confusing. */
import { expect } from 'chai';
import { errorOf, jsonRequest, queryRequest, type RawAnswer } from '../gateway/signed-request.ts';
import { HostileScene } from './scene.ts';

const TableName = 'victim';
const deep = 100_000;
const builtIn = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

describe('hostile inputs', function () {
  this.timeout(90_000);
  let scene: HostileScene;

  before(async () => {
    scene = await HostileScene.start();
    await scene.dynamodb.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
  });
  after(() => scene.close());

  const json = (service: string, target: string, body: string): Promise<RawAnswer> =>
    scene.endures(() => scene.ask(service, { ...jsonRequest(target), body: Buffer.from(body) }));
  const dynamodb = (operation: string, body: object): Promise<RawAnswer> =>
    json('dynamodb', `DynamoDB_20120810.${operation}`, JSON.stringify({ TableName, ...body }));
  const form = (service: string, body: string): Promise<RawAnswer> =>
    scene.endures(() => scene.ask(service, { ...queryRequest({}), body: Buffer.from(body) }));

  for (const [service, target] of [
    ['kms', 'TrentService.Encrypt'],
    ['dynamodb', 'DynamoDB_20120810.PutItem'],
    ['dynamodb', 'DynamoDB_20120810.CreateTable'],
    ['cloudtrail', 'CloudTrail_20131101.LookupEvents'],
  ] as const) {
    it(`${target}: deep JSON`, async () => {
      for (const body of [
        `{"Item":${'['.repeat(deep)}${']'.repeat(deep)}}`,
        `${'{"Item":'.repeat(deep)}1${'}'.repeat(deep)}`,
        `{"Item":${'['.repeat(deep)}`,
      ]) {
        expect(errorOf(await json(service, target, body)).code).to.equal('SerializationException');
      }
    });

    it(`${target}: more members than memory could take`, async () => {
      const empty = await json(service, target, `{"Tags":[${'{},'.repeat(5_000_000)}{}]}`);
      expect(empty.status).to.be.oneOf([400, 413]);
      const names = Array.from({ length: 600_000 }, (_, index) => `"name${index}":1`).join(',');
      expect((await json(service, target, `{${names}}`)).status).to.be.oneOf([400, 413]);
    });
  }

  it('a megabyte of members that each break a constraint', async () => {
    const { status, text } = await json(
      'kms',
      'TrentService.CreateKey',
      `{"Tags":[${'{},'.repeat(190_000)}{}]}`,
    );
    expect(status).to.equal(400);
    expect(text.length).to.be.lessThan(100_000);
  });

  it('forms of nothing but separators, spaces and broken escapes, signed or not', async () => {
    for (const filling of ['&', '&a=b', '+', '%', '%zz', 'a.1.', '=']) {
      const body = `Action=ListUsers&Version=2010-05-08&${filling.repeat(16_000_000 / filling.length)}`;
      expect((await form('iam', body)).status, filling).to.equal(413);
      expect((await form('nothing', body)).status, filling).to.equal(413);
      const small = `Action=ListUsers&Version=2010-05-08&${filling.repeat(900_000 / filling.length)}`;
      expect((await form('iam', small)).status, filling).to.be.oneOf([200, 400]);
    }
  });

  it('expressions of nested parentheses, functions and negations', async () => {
    const value = { ExpressionAttributeValues: { ':a': { S: 'x' } } };
    for (const [opening, middle, closing, count] of [
      ['(', 'a = :a', ')', 140],
      ['(', 'a', ') = :a', 140],
      ['not (', 'a = :a', ')', 140],
      ['(a = :a and ', 'a = :a', ')', 140],
      ['(', 'a = :a', '', 2000],
      ['size(', 'a', ')', 600],
      ['begins_with(', 'a', ', :a)', 240],
      ['contains(a, (', ':a', '))', 100],
    ] as const) {
      const FilterExpression = opening.repeat(count) + middle + closing.repeat(count);
      const { status } = await dynamodb('Scan', { FilterExpression, ...value });
      expect(status, opening).to.be.oneOf([200, 400]);
    }
    for (const nested of ['if_not_exists(b, ', 'list_append(b, ', '(']) {
      const UpdateExpression = `set a = ${nested.repeat(140)}b${')'.repeat(140)}`;
      const { status } = await dynamodb('UpdateItem', { Key: { id: { S: '1' } }, UpdateExpression });
      expect(status, nested).to.equal(400);
    }
  });

  it('expressions of any length, up to four kilobytes answered', async () => {
    for (const part of ['a = :a and ', 'a between :a and :a or ', 'a in (:a, :a, :a) and ']) {
      const ExpressionAttributeValues = { ':a': { S: 'x' } };
      const within = `${part.repeat(Math.floor(4080 / part.length))}a = :a`;
      const answered = await dynamodb('Scan', { FilterExpression: within, ExpressionAttributeValues });
      expect(answered.status, answered.text).to.equal(200);
      const beyond = part.repeat(15_000_000 / part.length);
      const refused = await dynamodb('Scan', { FilterExpression: beyond, ExpressionAttributeValues });
      expect(errorOf(refused).message).to.include('Expression size has exceeded the maximum allowed size');
    }
  });

  it('numbers, sets and items of any size', async () => {
    const id = { S: '1' };
    const many = Array.from({ length: 150_000 }, (_, index) => String(index));
    for (const [name, value] of Object.entries({
      'a long number': { N: '1'.repeat(5_000_000) },
      'a long exponent': { N: `1e${'9'.repeat(1_000_000)}` },
      'a set of texts': { SS: many },
      'a set of numbers': { NS: many },
      'a set of the same': { NS: Array.from({ length: 150_000 }, (_, at) => `1.${'0'.repeat(at % 30)}`) },
      'a list': { L: many.map((N) => ({ N })) },
      'a long text': { S: 'a'.repeat(15_000_000) },
      'half a pair': { S: '\ud800'.repeat(1000) },
    })) {
      const { status } = await dynamodb('PutItem', { Item: { id, value } });
      expect(status, name).to.equal(name === 'half a pair' ? 200 : 400);
    }
  });

  it('encryption contexts of thousands of pairs', async () => {
    const { KeyMetadata } = await scene.kms.createKey({});
    const context = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`name ${at}`, 'value']));
    const body = { KeyId: KeyMetadata?.KeyId, Plaintext: 'AA==', EncryptionContext: context };
    const { status } = await json('kms', 'TrentService.Encrypt', JSON.stringify(body));
    expect(status).to.be.oneOf([200, 400]);
  });

  it('names of what every object has', async () => {
    const { KeyMetadata } = await scene.kms.createKey({});
    const KeyId = KeyMetadata?.KeyId ?? '';
    for (const name of builtIn) {
      const context = `{"KeyId":"${KeyId}","Plaintext":"AA==","EncryptionContext":{"${name}":"x"}}`;
      const { status, text } = await json('kms', 'TrentService.Encrypt', context);
      expect(status, name).to.equal(200);
      const { CiphertextBlob } = JSON.parse(text) as { CiphertextBlob: string };
      // The context counts, and so does its name.
      const decrypt = (EncryptionContext: string) =>
        json(
          'kms',
          'TrentService.Decrypt',
          `{"CiphertextBlob":"${CiphertextBlob}","EncryptionContext":${EncryptionContext}}`,
        );
      expect((await decrypt(`{"${name}":"x"}`)).status, name).to.equal(200);
      expect((await decrypt('{}')).status, name).to.equal(400);

      await scene.iam.createUser({ UserName: name });
      expect((await scene.iam.getUser({ UserName: name })).User?.UserName).to.equal(name);
      await scene.kms.createAlias({ AliasName: `alias/${name}`, TargetKeyId: KeyId });
      expect((await scene.kms.describeKey({ KeyId: `alias/${name}` })).KeyMetadata?.KeyId).to.equal(KeyId);
      await scene.dynamodb.createTable({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      });
      const put = `{"TableName":"${name}","Item":{"id":{"S":"1"},"${name}":{"M":{"${name}":{"S":"x"}}}}}`;
      // DynamoDB's engine holds no attribute called __proto__, and says so.
      const expected = name === '__proto__' ? 400 : 200;
      expect((await json('dynamodb', 'DynamoDB_20120810.PutItem', put)).status, name).to.equal(expected);
    }
    for (const name of builtIn) await scene.dynamodb.deleteTable({ TableName: name });
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });
});
