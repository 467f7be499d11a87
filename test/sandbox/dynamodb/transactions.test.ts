import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsInput,
} from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import fc from 'fast-check';
import { refusal } from '../refusal.ts';
import { sendRaw } from './raw-request.ts';
import { accountId, region, Scene } from './scene.ts';

const TableName = 'accounts';
const tableArn = `arn:aws:dynamodb:${region}:${accountId}:table/${TableName}`;

describe('transactions', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
    await scene.table(TableName);
  });

  afterEach(() => scene.close());

  const write = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsInput> = {}) =>
    scene.admin.dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const put = (id: string, more: object = {}): TransactWriteItem => ({
    Put: { TableName, Item: { id: { S: id } }, ...more },
  });
  const get = (id: string) => ({ Get: { TableName, Key: { id: { S: id } } } });
  const add = (id: string, amount: number, more: object = {}): TransactWriteItem => ({
    Update: {
      TableName,
      Key: { id: { S: id } },
      UpdateExpression: 'ADD balance :amount',
      ExpressionAttributeValues: { ':amount': { N: String(amount) } },
      ...more,
    },
  });
  const mustBeThere = (id: string, more: object = {}): TransactWriteItem => ({
    ConditionCheck: {
      TableName,
      Key: { id: { S: id } },
      ConditionExpression: 'attribute_exists(id)',
      ...more,
    },
  });

  async function items() {
    const { Items = [] } = await scene.admin.dynamodb.send(new ScanCommand({ TableName }));
    return Items.sort((a, b) => (String(a.id?.S) < String(b.id?.S) ? -1 : 1));
  }

  async function cancellation(request: Promise<unknown>) {
    try {
      await request;
    } catch (error) {
      return error as TransactionCanceledException;
    }
    throw new Error('The transaction was carried out.');
  }

  it('carries out every kind of action', async () => {
    await write([put('checked'), put('updated'), put('deleted')]);
    const answer = await write([
      mustBeThere('checked'),
      add('updated', 5),
      { Delete: { TableName, Key: { id: { S: 'deleted' } } } },
      put('put', { Item: { id: { S: 'put' }, name: { S: 'Ada' } } }),
    ]);
    expect(answer).to.not.have.property('ConsumedCapacity');
    expect(await items()).to.deep.equal([
      { id: { S: 'checked' } },
      { id: { S: 'put' }, name: { S: 'Ada' } },
      { id: { S: 'updated' }, balance: { N: '5' } },
    ]);
  });

  it('gives the reasons of a cancellation in the order of the actions', async () => {
    await write([put('there', { Item: { id: { S: 'there' }, balance: { N: '1' } } })]);
    const error = await cancellation(
      write([
        put('there', {
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
        put('new'),
        mustBeThere('nowhere'),
      ]),
    );
    expect(error.name).to.equal('TransactionCanceledException');
    expect(error.message).to.equal(
      'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None, ConditionalCheckFailed]',
    );
    expect(error.CancellationReasons).to.deep.equal([
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { id: { S: 'there' }, balance: { N: '1' } },
      },
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await items()).to.deep.equal([{ id: { S: 'there' }, balance: { N: '1' } }]);
  });

  it('is cancelled by an update that its item does not allow', async () => {
    await write([put('text', { Item: { id: { S: 'text' }, balance: { S: 'much' } } })]);
    const error = await cancellation(write([put('other'), add('text', 1)]));
    expect(error.CancellationReasons).to.deep.equal([
      { Code: 'None' },
      {
        Code: 'ValidationError',
        Message: 'An operand in the update expression has an incorrect data type',
      },
    ]);
    expect(await items()).to.have.length(1);
  });

  it('is cancelled by a key that does not fit its table', async () => {
    const error = await cancellation(
      write([put('a'), { Delete: { TableName, Key: { other: { S: 'x' } } } }]),
    );
    expect(error.CancellationReasons?.map(({ Code }) => Code)).to.deep.equal(['None', 'ValidationError']);
  });

  it('is all or nothing, whichever conditions fail', async () => {
    const action = fc.record({
      kind: fc.constantFrom('put', 'add', 'delete', 'check'),
      holds: fc.boolean(),
      existed: fc.boolean(),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 8 }), async (actions) => {
        const table = `property-${run++}`;
        await scene.table(table, {
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            { AttributeName: 'owner', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'by-owner',
              KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        });
        const keyOf = (index: number) => ({ id: { S: `item-${index}` } });
        for (const [index, { existed }] of actions.entries()) {
          if (!existed) continue;
          const Item = { ...keyOf(index), owner: { S: 'before' } };
          await scene.admin.dynamodb.send(new PutItemCommand({ TableName: table, Item }));
        }
        const TransactItems = actions.map(({ kind, holds, existed }, index): TransactWriteItem => {
          const condition = {
            TableName: table,
            ConditionExpression: `${holds === existed ? 'attribute_exists' : 'attribute_not_exists'}(id)`,
          };
          const Key = keyOf(index);
          if (kind === 'put') return { Put: { ...condition, Item: { ...Key, owner: { S: 'after' } } } };
          if (kind === 'delete') return { Delete: { ...condition, Key } };
          if (kind === 'check') return { ConditionCheck: { ...condition, Key } };
          return {
            Update: {
              ...condition,
              Key,
              UpdateExpression: 'SET #o = :o',
              ExpressionAttributeNames: { '#o': 'owner' },
              ExpressionAttributeValues: { ':o': { S: 'after' } },
            },
          };
        });
        const state = (done: boolean) =>
          actions.flatMap(({ kind, existed }, index) => {
            const before = existed ? [{ ...keyOf(index), owner: { S: 'before' } }] : [];
            if (!done || kind === 'check') return before;
            return kind === 'delete' ? [] : [{ ...keyOf(index), owner: { S: 'after' } }];
          });
        const all = actions.every(({ holds }) => holds);
        const outcome = write(TransactItems);
        if (all) await outcome;
        else {
          const { CancellationReasons } = await cancellation(outcome);
          expect(CancellationReasons?.map(({ Code }) => Code)).to.deep.equal(
            actions.map(({ holds }) => (holds ? 'None' : 'ConditionalCheckFailed')),
          );
        }
        const { Items } = await scene.admin.dynamodb.send(new ScanCommand({ TableName: table }));
        expect(Items).to.have.deep.members(state(all));
        const byOwner = await scene.admin.dynamodb.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'by-owner',
            KeyConditionExpression: '#o = :o',
            ExpressionAttributeNames: { '#o': 'owner' },
            ExpressionAttributeValues: { ':o': { S: 'after' } },
          }),
        );
        expect(byOwner.Items).to.have.deep.members(state(all).filter(({ owner }) => owner.S === 'after'));
      }),
      { numRuns: 40 },
    );
  });

  it('takes tables by their ARNs', async () => {
    await write([put('a', { TableName: tableArn })]);
    expect(await items()).to.deep.equal([{ id: { S: 'a' } }]);
  });

  it('refuses two actions on one item, however the item and its table are named', async () => {
    const refused = await refusal(write([put('a'), mustBeThere('a', { TableName: tableArn })]));
    expect(refused).to.deep.equal({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
      status: 400,
    });
  });

  it('refuses none and more than 100 actions, and items with none or two', async () => {
    const many = Array.from({ length: 101 }, (_, index) => put(String(index)));
    const length = (shown: string, must: string) =>
      `1 validation error detected: Value '${shown}' at 'transactItems' failed to satisfy constraint: Member must have length ${must}`;
    expect((await refusal(write([]))).message).to.equal(length('[]', 'greater than or equal to 1'));
    expect((await refusal(write(many))).message).to.equal(length('[...]', 'less than or equal to 100'));
    await write(many.slice(0, 100));
    for (const item of [{}, { ...put('a'), ...mustBeThere('b') }]) {
      expect((await refusal(write([item]))).message).to.equal(
        'TransactItems can only contain one of Check, Put, Update or Delete',
      );
    }
  });

  it('names the action whose member is wrong', async () => {
    const refused = await refusal(write([put('a'), add('b', 1, { UpdateExpression: undefined })]));
    expect(refused.message).to.equal(
      "1 validation error detected: Value null at 'transactItems.2.member.update.updateExpression' failed to satisfy constraint: Member must not be null",
    );
    const unchecked = await refusal(write([mustBeThere('b', { ConditionExpression: undefined })]));
    expect(unchecked.message).to.include("'transactItems.1.member.conditionCheck.conditionExpression'");
  });

  it('does not honour members that the actions do not have', async () => {
    const body = {
      TransactItems: [
        {
          Put: { TableName, Item: { id: { S: 'a' } }, Expected: { id: { Exists: true, Value: { S: 'a' } } } },
        },
      ],
    };
    const { status } = await sendRaw(scene.admin.dynamodb, 'TransactWriteItems', JSON.stringify(body));
    expect(status).to.equal(200);
  });

  it('refuses what is not a transaction', async () => {
    for (const TransactItems of [null, 'x', [null], [1], [{ Put: 1 }], [{ Put: null }], [{ Put: {} }]]) {
      const text = JSON.stringify({ TransactItems });
      for (const operation of ['TransactWriteItems', 'TransactGetItems']) {
        const { status } = await sendRaw(scene.admin.dynamodb, operation, text);
        expect(status, text).to.equal(400);
      }
    }
  });

  it('refuses more than 4 MB of items', async () => {
    const big = (id: string) => put(id, { Item: { id: { S: id }, text: { S: 'x'.repeat(390 * 1024) } } });
    const ids = Array.from({ length: 11 }, (_, index) => String(index));
    expect((await refusal(write(ids.map(big)))).name).to.equal('ValidationException');
    expect(await items()).to.deep.equal([]);
    await write(ids.slice(0, 10).map(big));
  });

  it('knows no table that is not there', async () => {
    const refused = await refusal(write([put('a'), put('b', { TableName: 'nowhere' })]));
    expect(refused).to.include({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });

  describe('with a client request token', () => {
    const ClientRequestToken = 'b7a7f2f0-token';

    const balance = async () => {
      const Key = { id: { S: 'a' } };
      return (await scene.admin.dynamodb.send(new GetItemCommand({ TableName, Key }))).Item?.balance?.N;
    };

    it('are carried out once in ten minutes', async () => {
      await write([add('a', 1)], { ClientRequestToken });
      await write([add('a', 1)], { ClientRequestToken });
      expect(await balance()).to.equal('1');
      scene.sandbox.clock.advance(10 * 60 * 1000);
      await write([add('a', 1)], { ClientRequestToken });
      expect(await balance()).to.equal('2');
    });

    it('are refused when they differ', async () => {
      await write([add('a', 1)], { ClientRequestToken });
      const refused = await refusal(write([add('a', 2)], { ClientRequestToken }));
      expect(refused).to.include({ name: 'IdempotentParameterMismatchException', status: 400 });
      expect(await balance()).to.equal('1');
    });

    it('may be tried again after a cancellation', async () => {
      const onceThere = () => write([add('a', 1), mustBeThere('b')], { ClientRequestToken });
      await cancellation(onceThere());
      await write([put('b')]);
      await onceThere();
      expect(await balance()).to.equal('1');
    });

    it('tell what reading cost when they are repeated', async () => {
      const send = () => write([add('a', 1)], { ClientRequestToken, ReturnConsumedCapacity: 'TOTAL' });
      expect((await send()).ConsumedCapacity).to.deep.equal([
        { TableName, CapacityUnits: 2, WriteCapacityUnits: 2 },
      ]);
      expect((await send()).ConsumedCapacity).to.deep.equal([
        { TableName, CapacityUnits: 2, ReadCapacityUnits: 2 },
      ]);
    });

    it('refuse one that is too long', async () => {
      const refused = await refusal(write([put('a')], { ClientRequestToken: 'x'.repeat(37) }));
      expect(refused.message).to.include("at 'clientRequestToken' failed to satisfy constraint");
    });
  });

  describe('that read', () => {
    it('answer in the order of the request, with nothing for what is not there', async () => {
      await write([put('a', { Item: { id: { S: 'a' }, name: { S: 'Ada' }, age: { N: '36' } } }), put('b')]);
      const { Responses, ConsumedCapacity } = await scene.admin.dynamodb.send(
        new TransactGetItemsCommand({
          TransactItems: [
            get('nowhere'),
            get('b'),
            {
              Get: {
                ...get('a').Get,
                ProjectionExpression: '#n',
                ExpressionAttributeNames: { '#n': 'name' },
              },
            },
          ],
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      expect(Responses).to.deep.equal([{}, { Item: { id: { S: 'b' } } }, { Item: { name: { S: 'Ada' } } }]);
      expect(ConsumedCapacity).to.deep.equal([{ TableName, CapacityUnits: 6, ReadCapacityUnits: 6 }]);
    });

    it('refuse what is no Get, with its position', async () => {
      const body = JSON.stringify({ TransactItems: [get('a'), {}] });
      const answer = await sendRaw(scene.admin.dynamodb, 'TransactGetItems', body);
      expect(answer.body.toString()).to.include("Value null at 'transactItems.2.member.get'");
    });
  });

  describe('permissions', () => {
    const every: Record<string, TransactWriteItem> = {
      PutItem: put('a'),
      UpdateItem: add('b', 1),
      DeleteItem: { Delete: { TableName, Key: { id: { S: 'c' } } } },
      ConditionCheckItem: mustBeThere('a'),
    };

    it('are those of the actions', async () => {
      await write([put('a')]);
      for (const [operation, item] of Object.entries(every)) {
        const user = await scene.user(`only-${operation}`, [
          { Effect: 'Allow', Action: `dynamodb:${operation}`, Resource: tableArn },
        ]);
        await user.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [item] }));
        for (const [other, denied] of Object.entries(every)) {
          if (other === operation) continue;
          const refused = await refusal(
            user.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [denied] })),
          );
          expect(refused.name).to.equal('AccessDeniedException');
          expect(refused.message).to.include(
            `is not authorized to perform: dynamodb:${other} on resource: ${tableArn}`,
          );
        }
        await write([put('a')]);
      }
    });

    it('know the operation that encloses an action', async () => {
      const user = await scene.user('transactor', [
        {
          Effect: 'Allow',
          Action: ['dynamodb:PutItem', 'dynamodb:GetItem'],
          Resource: tableArn,
          Condition: {
            'ForAnyValue:StringEquals': {
              'dynamodb:EnclosingOperation': ['TransactWriteItems', 'TransactGetItems'],
            },
          },
        },
      ]);
      const alone = user.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } }));
      expect((await refusal(alone)).name).to.equal('AccessDeniedException');
      await user.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put('a')] }));
      await user.dynamodb.send(new TransactGetItemsCommand({ TransactItems: [get('a')] }));
    });

    it('include the keys of all tables', async () => {
      const keyArn = await scene.key();
      await scene.table('sealed', {
        SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
      });
      const user = await scene.user('no-key', 'AmazonDynamoDBFullAccess');
      const both = [put('a'), put('b', { TableName: 'sealed' })];
      const denied = await refusal(
        user.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: both })),
      );
      expect(denied.name).to.equal('AccessDeniedException');
      expect(denied.message).to.include(`is not authorized to perform: kms:Decrypt on resource: ${keyArn}`);
      expect(await items()).to.deep.equal([]);
      await write(both);
      await scene.admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
      expect((await refusal(write(both))).message).to.match(/^KMS key disabled error: /);
    });
  });
});
