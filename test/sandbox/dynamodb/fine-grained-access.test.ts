import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene, type User } from './scene.ts';

const TableName = 'scores';
const tableArn = `arn:aws:dynamodb:${region}:${accountId}:table/${TableName}`;

describe('condition keys of DynamoDB', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.start();
    await scene.table(TableName, {
      AttributeDefinitions: [
        { AttributeName: 'player', AttributeType: 'S' },
        { AttributeName: 'game', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'player', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-game',
          KeySchema: [{ AttributeName: 'game', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });

  after(() => scene.close());

  async function expectDenied(request: Promise<unknown>, action: string): Promise<void> {
    const refused = await refusal(request);
    expect(refused).to.include({ name: 'AccessDeniedException' });
    expect(refused.message).to.contain(`not authorized to perform: ${action} on`);
  }

  it('dynamodb:LeadingKeys keeps users to their own items', async () => {
    const ada = await scene.user('ada', [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'],
        Resource: tableArn,
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}'] } },
      },
    ]);
    const get = (name: string) =>
      ada.dynamodb.send(new GetItemCommand({ TableName, Key: { player: { S: name } } }));
    const put = (name: string) =>
      ada.dynamodb.send(new PutItemCommand({ TableName, Item: { player: { S: name } } }));
    const query = (name: string) =>
      ada.dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'player = :p',
          ExpressionAttributeValues: { ':p': { S: name } },
        }),
      );
    const batch = (...names: string[]) =>
      ada.dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: { [TableName]: { Keys: names.map((name) => ({ player: { S: name } })) } },
        }),
      );
    await put('ada');
    await get('ada');
    await query('ada');
    await batch('ada');
    await expectDenied(put('grace'), 'dynamodb:PutItem');
    await expectDenied(get('grace'), 'dynamodb:GetItem');
    await expectDenied(query('grace'), 'dynamodb:Query');
    await expectDenied(batch('ada', 'grace'), 'dynamodb:BatchGetItem');
  });

  it('dynamodb:Attributes keeps users to some attributes', async () => {
    const limited = await scene.user('limited', [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        Resource: tableArn,
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['player', 'wins'] },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW'] },
        },
      },
    ]);
    const Key = { player: { S: 'ada' } };
    const get = (ProjectionExpression: string) =>
      limited.dynamodb.send(new GetItemCommand({ TableName, Key, ProjectionExpression }));
    const update = (UpdateExpression: string, ReturnValues?: 'ALL_OLD') =>
      limited.dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression,
          ReturnValues,
          ExpressionAttributeValues: { ':n': { N: '1' } },
        }),
      );
    await get('player, wins');
    await update('ADD wins :n');
    await expectDenied(get('wins, address.street'), 'dynamodb:GetItem');
    await expectDenied(update('SET wins = losses + :n'), 'dynamodb:UpdateItem');
    await expectDenied(update('ADD wins :n', 'ALL_OLD'), 'dynamodb:UpdateItem');
  });

  it('dynamodb:Select sees what a request asks to get', async () => {
    const counter = await scene.user('counter', [
      {
        Effect: 'Allow',
        Action: 'dynamodb:Scan',
        Resource: tableArn,
        Condition: { StringEquals: { 'dynamodb:Select': 'COUNT' } },
      },
    ]);
    await counter.dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }));
    await expectDenied(counter.dynamodb.send(new ScanCommand({ TableName })), 'dynamodb:Scan');
  });

  it('reading an index takes the permission on the index', async () => {
    const query = (user: User) =>
      user.dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-game',
          KeyConditionExpression: 'game = :g',
          ExpressionAttributeValues: { ':g': { S: 'chess' } },
        }),
      );
    const allow = (Resource: string) => [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource }];
    await query(await scene.user('index-reader', allow(`${tableArn}/index/by-game`)));
    const refused = await refusal(query(await scene.user('table-reader', allow(tableArn))));
    expect(refused.message).to.contain(`dynamodb:Query on resource: ${tableArn}/index/by-game because`);
  });
});
