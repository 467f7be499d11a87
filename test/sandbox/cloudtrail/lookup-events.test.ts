import type { LookupAttribute, LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene } from './scene.ts';

const day = 24 * 60 * 60 * 1000;

describe('LookupEvents', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
  });

  afterEach(() => scene.close());

  async function lookUp(input: LookupEventsCommandInput, inRegion = region): Promise<string[]> {
    const names = (await scene.events(input, inRegion)).map(({ EventName }) => EventName ?? '');
    return names.filter((name) => name !== 'LookupEvents');
  }

  async function by(
    AttributeKey: LookupAttribute['AttributeKey'],
    AttributeValue: string,
    inRegion = region,
  ) {
    return lookUp({ LookupAttributes: [{ AttributeKey, AttributeValue }] }, inRegion);
  }

  it('shows all events of a Region, newest first, itself among them', async () => {
    await scene.admin.kms.listKeys({});
    await scene.admin.kms.listAliases({});
    await scene.admin.cloudTrail.lookupEvents({});
    const events = await scene.events();
    expect(events.map(({ EventName }) => EventName)).to.deep.equal([
      'LookupEvents',
      'ListAliases',
      'ListKeys',
    ]);
    expect(events[0]).to.include({
      EventSource: 'cloudtrail.amazonaws.com',
      Username: 'administrator',
      ReadOnly: 'true',
    });
    expect(await lookUp({}, 'eu-west-2')).to.deep.equal([]);
  });

  it('finds events by each attribute', async () => {
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    const other = await scene.user('other');
    await refusal(other.kms.listKeys({}));
    await scene.admin.dynamodb.listTables({});
    const [newest] = await scene.events();

    expect(await by('EventId', newest?.EventId ?? '')).to.deep.equal(['ListTables']);
    expect(await by('EventName', 'ListKeys')).to.deep.equal(['ListKeys']);
    expect(await by('EventSource', 'kms.amazonaws.com')).to.deep.equal(['ListKeys', 'CreateKey']);
    expect(await by('ReadOnly', 'false')).to.deep.equal(['CreateKey']);
    expect(await by('ReadOnly', 'true')).to.deep.equal(['ListTables', 'ListKeys']);
    expect(await by('Username', 'other')).to.deep.equal(['ListKeys']);
    expect(await by('AccessKeyId', other.accessKey.accessKeyId)).to.deep.equal(['ListKeys']);
    expect(await by('ResourceType', 'AWS::KMS::Key')).to.deep.equal(['CreateKey']);
    expect(await by('ResourceName', KeyMetadata?.Arn ?? '')).to.deep.equal(['CreateKey']);
    expect(await by('EventName', 'Nothing')).to.deep.equal([]);
  });

  it('finds what IAM made by its name', async () => {
    const { accessKey } = await scene.user('learner');
    const ofUser = ['CreateAccessKey', 'CreateUser'];
    expect(await by('ResourceName', 'learner', 'us-east-1')).to.deep.equal(ofUser);
    expect(await by('ResourceName', accessKey.accessKeyId, 'us-east-1')).to.deep.equal(['CreateAccessKey']);
    expect(await by('ResourceType', 'AWS::IAM::User', 'us-east-1')).to.deep.equal(ofUser);
    const byName = { AttributeKey: 'EventName', AttributeValue: 'CreateAccessKey' } as const;
    const [event] = await scene.events({ LookupAttributes: [byName] }, 'us-east-1');
    expect(event?.Resources).to.have.deep.members([
      { ResourceType: 'AWS::IAM::User', ResourceName: 'learner' },
      { ResourceType: 'AWS::IAM::AccessKey', ResourceName: accessKey.accessKeyId },
    ]);
  });

  it('finds a table by its name and by its ARN', async () => {
    await scene.admin.dynamodb.createTable({
      TableName: 'books',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/books`;
    expect(await by('ResourceName', 'books')).to.deep.equal(['CreateTable']);
    expect(await by('ResourceName', arn)).to.deep.equal(['CreateTable']);
  });

  it('keeps to a time range, both ends included', async () => {
    const { clock } = scene.sandbox;
    await scene.admin.kms.listKeys({});
    clock.advance(60_000);
    const StartTime = clock.now();
    await scene.admin.kms.listAliases({});
    clock.advance(60_000);
    const EndTime = clock.now();
    clock.advance(60_000);
    await scene.admin.dynamodb.listTables({});
    expect(await lookUp({ StartTime, EndTime })).to.deep.equal(['ListAliases']);
    expect(await lookUp({ StartTime })).to.deep.equal(['ListTables', 'ListAliases']);
    expect(await lookUp({ EndTime })).to.deep.equal(['ListAliases', 'ListKeys']);
    const EventName = { AttributeKey: 'EventName', AttributeValue: 'ListKeys' } as const;
    expect(await lookUp({ StartTime, LookupAttributes: [EventName] })).to.deep.equal([]);
  });

  it('sends pages of at most 50, in order, without repeats, while events go on happening', async () => {
    for (let call = 0; call < 55; call++) await scene.admin.sts.getCallerIdentity({});
    const { cloudTrail } = scene.admin;
    const byName = { AttributeKey: 'EventName', AttributeValue: 'GetCallerIdentity' } as const;
    const whole = await cloudTrail.lookupEvents({ LookupAttributes: [byName] });
    expect(whole.Events).to.have.lengthOf(50);

    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudTrail.lookupEvents({ LookupAttributes: [byName], MaxResults: 11, NextToken });
      expect(page.Events).to.have.lengthOf(11);
      seen.push(...(page.Events ?? []).map(({ EventId }) => EventId));
      NextToken = page.NextToken;
      await scene.admin.sts.getCallerIdentity({});
    } while (NextToken !== undefined);
    expect(new Set(seen).size).to.equal(55);
    expect(seen.slice(0, 50)).to.deep.equal(whole.Events?.map(({ EventId }) => EventId));
  });

  it('takes a token only for the look-up that gave it', async () => {
    const { cloudTrail } = scene.admin;
    for (let call = 0; call < 3; call++) await scene.admin.sts.getCallerIdentity({});
    const { NextToken } = await cloudTrail.lookupEvents({ MaxResults: 1 });
    expect((await cloudTrail.lookupEvents({ MaxResults: 2, NextToken })).Events).to.have.lengthOf(2);
    const others = [
      { NextToken: 'bm90IGEgdG9rZW4=' },
      { NextToken, StartTime: new Date(0) },
      { NextToken, LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'true' } as const] },
    ];
    for (const input of others) {
      expect((await refusal(cloudTrail.lookupEvents(input))).name).to.equal('InvalidNextTokenException');
    }
    const elsewhere = scene.clients(scene.sandbox.administrator, 'eu-west-2').cloudTrail;
    expect((await refusal(elsewhere.lookupEvents({ NextToken }))).name).to.equal('InvalidNextTokenException');
  });

  const wrong: Record<string, LookupEventsCommandInput[]> = {
    InvalidMaxResultsException: [{ MaxResults: 0 }, { MaxResults: 51 }],
    InvalidTimeRangeException: [
      { StartTime: new Date(Date.now() + 1000), EndTime: new Date(Date.now() - 1000) },
      { EndTime: new Date(Date.now() - 91 * day) },
    ],
    InvalidLookupAttributesException: [
      {
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'Decrypt' },
          { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
        ],
      },
      { LookupAttributes: [{ AttributeKey: 'EventType' as 'EventName', AttributeValue: 'Decrypt' }] },
      { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: '' }] },
      { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: '_'.repeat(1001) }] },
    ],
    InvalidEventCategoryException: [{ EventCategory: 'management' as 'insight' }],
  };

  for (const [name, inputs] of Object.entries(wrong)) {
    it(`answers ${name} to what is out of its range`, async () => {
      for (const input of inputs) {
        const refused = await refusal(scene.admin.cloudTrail.lookupEvents(input));
        expect(refused.name, JSON.stringify(input)).to.equal(name);
      }
    });
  }

  it('has no Insights events', async () => {
    await scene.admin.kms.listKeys({});
    const { Events } = await scene.admin.cloudTrail.lookupEvents({ EventCategory: 'insight' });
    expect(Events).to.deep.equal([]);
  });

  it('shows an event after the delay that is set', async () => {
    scene.sandbox.setTiming({ eventsMs: 300_000 });
    await scene.admin.kms.listKeys({});
    expect(await lookUp({})).to.deep.equal([]);
    scene.sandbox.clock.advance(300_000);
    expect(await by('EventName', 'ListKeys')).to.deep.equal(['ListKeys']);
  });

  it('forgets after 90 days', async () => {
    await scene.admin.kms.listKeys({});
    scene.sandbox.clock.advance(89 * day);
    expect(await lookUp({})).to.deep.equal(['ListKeys']);
    scene.sandbox.clock.advance(2 * day);
    expect(await by('EventName', 'ListKeys')).to.deep.equal([]);
  });

  it('reads the target that the AWS CLI sends', async () => {
    const client = scene.admin.cloudTrail;
    client.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        headers['x-amz-target'] = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents';
        return next(args);
      },
      { step: 'build' },
    );
    await scene.admin.kms.listKeys({});
    const { Events } = await client.lookupEvents({});
    expect(Events).to.have.lengthOf(1);
  });
});

describe('an account without trails', () => {
  it('says so', async () => {
    const scene = await Scene.start();
    const { cloudTrail } = scene.admin;
    expect((await cloudTrail.describeTrails({})).trailList).to.deep.equal([]);
    expect((await cloudTrail.listTrails({})).Trails).to.deep.equal([]);
    const { name } = await refusal(cloudTrail.getTrailStatus({ Name: 'management-events' }));
    expect(name).to.equal('TrailNotFoundException');
    const refused = await refusal(cloudTrail.createTrail({ Name: 'trail', S3BucketName: 'bucket' }));
    expect(refused.message).to.contain('cloudtrail:CreateTrail');
    await scene.close();
  });
});
