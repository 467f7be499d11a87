import {
  DescribeTimeToLiveCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { Scene } from './scene.ts';

const TableName = 'sessions';
const hourMs = 60 * 60 * 1000;

describe('time to live', () => {
  let scene: Scene;
  let keyArn: string;

  beforeEach(async () => {
    scene = await Scene.start();
    keyArn = await scene.key();
    await scene.table(TableName, {
      AttributeDefinitions: ['id', 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
  });

  afterEach(() => scene.close());

  const update = (Enabled: boolean, AttributeName = 'expires') =>
    scene.admin.dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName } }),
    );
  const put = (id: string, expires: { N: string } | { S: string }) =>
    scene.admin.dynamodb.send(
      new PutItemCommand({ TableName, Item: { id: { S: id }, owner: { S: 'Ada' }, expires } }),
    );
  const inSeconds = (seconds: number) => {
    const now = Math.floor(scene.sandbox.clock.now().getTime() / 1000);
    return { N: String(now + seconds) };
  };

  async function ids(): Promise<(string | undefined)[]> {
    const { Items = [] } = await scene.admin.dynamodb.send(new ScanCommand({ TableName }));
    const { Count } = await scene.admin.dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-owner',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: 'Ada' } },
      }),
    );
    expect(Count).to.equal(Items.length);
    return Items.map(({ id }) => id?.S).sort();
  }

  async function describeIt() {
    return (await scene.admin.dynamodb.send(new DescribeTimeToLiveCommand({ TableName })))
      .TimeToLiveDescription;
  }

  it('is off until it is turned on', async () => {
    expect(await describeIt()).to.deep.equal({ TimeToLiveStatus: 'DISABLED' });
    expect((await update(true)).TimeToLiveSpecification).to.deep.equal({
      Enabled: true,
      AttributeName: 'expires',
    });
    expect(await describeIt()).to.deep.equal({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    scene.sandbox.clock.advance(hourMs);
    await update(false);
    expect(await describeIt()).to.deep.equal({ TimeToLiveStatus: 'DISABLED' });
  });

  it('refuses what changes nothing, another attribute, and changes within an hour', async () => {
    const message = async (request: Promise<unknown>) => (await refusal(request)).message;
    expect(await message(update(false))).to.equal('TimeToLive is already disabled');
    await update(true);
    expect(await message(update(true))).to.equal('TimeToLive is already enabled');
    expect(await message(update(true, 'other'))).to.equal(
      'TimeToLive is active on a different AttributeName: current AttributeName is expires',
    );
    expect(await message(update(false))).to.equal(
      'Time to live has been modified multiple times within a fixed interval',
    );
    expect(await message(update(true, ''))).to.include("at 'timeToLiveSpecification.attributeName'");
  });

  it('deletes what has expired, within an hour', async () => {
    await update(true);
    await put('soon', inSeconds(60));
    await put('later', inSeconds(3 * 3600));
    await put('text', { S: '1' });
    await put('ancient', inSeconds(-6 * 365 * 24 * 3600));
    scene.sandbox.clock.advance(hourMs / 2);
    expect(await ids()).to.deep.equal(['ancient', 'later', 'soon', 'text']);
    scene.sandbox.clock.advance(hourMs / 2);
    expect(await ids()).to.deep.equal(['ancient', 'later', 'text']);
    scene.sandbox.clock.advance(3 * hourMs);
    expect(await ids()).to.deep.equal(['ancient', 'text']);
  });

  it('deletes nothing while it is off', async () => {
    await put('expired', inSeconds(-60));
    scene.sandbox.clock.advance(48 * hourMs);
    expect(await ids()).to.deep.equal(['expired']);
  });

  it('deletes nothing while the key of the table cannot be used', async () => {
    await update(true);
    await put('expired', inSeconds(60));
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    scene.sandbox.clock.advance(2 * hourMs);
    expect((await refusal(ids())).name).to.equal('ValidationException');
    expect(scene.sandbox.account.dynamodb('eu-west-1').dataPlane.statistics(TableName).itemCount).to.equal(1);
    await scene.admin.kms.send(new EnableKeyCommand({ KeyId: keyArn }));
    expect(await ids()).to.deep.equal([]);
  });

  it('asks for permission', async () => {
    const user = await scene.user('nobody', []);
    const denied = await refusal(
      user.dynamodb.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
        }),
      ),
    );
    expect(denied.message).to.include('is not authorized to perform: dynamodb:UpdateTimeToLive');
  });
});
