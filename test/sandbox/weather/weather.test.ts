import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { chance } from '../../../sandbox/weather/chance.ts';
import { RequestRates } from '../../../sandbox/weather/request-rates.ts';
import { refusal } from '../refusal.ts';

describe('the weather of a sandbox', () => {
  let sandbox: Sandbox;
  const clients = () => {
    const { url: endpoint, region, administrator: credentials } = sandbox;
    const settings = { endpoint, region, credentials, maxAttempts: 1 };
    return {
      kms: new KMSClient(settings),
      iam: new IAMClient(settings),
      dynamodb: new DynamoDBClient(settings),
    };
  };
  const start = async (weather: Parameters<typeof startSandbox>[0]) => {
    sandbox = await startSandbox(weather);
    return clients();
  };
  afterEach(() => sandbox.close());

  it('is calm unless asked', async () => {
    const { kms } = await start({});
    for (let call = 0; call < 50; call++) await kms.send(new ListKeysCommand({}));
  });

  it('throttles in the words of each service', async () => {
    const { kms, iam, dynamodb } = await start({ weather: { throttled: 1 } });
    expect(await refusal(kms.send(new ListKeysCommand({})))).to.deep.equal({
      name: 'ThrottlingException',
      message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      status: 400,
    });
    expect(await refusal(dynamodb.send(new ListTablesCommand({})))).to.include({
      name: 'ThrottlingException',
    });
    expect(await refusal(iam.send(new ListUsersCommand({})))).to.include({
      name: 'Throttling',
      message: 'Rate exceeded',
    });
  });

  it('fails on the server’s side with 500 and 503', async () => {
    const { kms } = await start({ weather: { failing: 1 } });
    const seen = new Set<string>();
    for (let call = 0; call < 20; call++) seen.add((await refusal(kms.send(new ListKeysCommand({})))).name);
    expect([...seen].sort()).to.deep.equal(['InternalFailure', 'ServiceUnavailable']);
  });

  it('breaks connections, and the sandbox goes on', async () => {
    const { kms } = await start({ weather: { reset: 1 } });
    expect(await refusal(kms.send(new ListKeysCommand({})))).to.include({ status: undefined });
    sandbox.setWeather({ reset: 0 });
    await kms.send(new ListKeysCommand({}));
  });

  it('lets answers dawdle without changing them', async () => {
    const { kms } = await start({ weather: { slow: 1 } });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    expect(KeyMetadata?.KeyState).to.equal('Enabled');
  });

  it('is met by the shares that were asked for, and is the same for the same seed', async () => {
    const outcomes = async () => {
      const { kms } = await start({ weather: { throttled: 0.3, seed: 7 } });
      const names: string[] = [];
      for (let call = 0; call < 100; call++) {
        names.push(
          await kms.send(new ListKeysCommand({})).then(
            () => 'answered',
            () => 'throttled',
          ),
        );
      }
      return names;
    };
    const first = await outcomes();
    await sandbox.close();
    expect(await outcomes()).to.deep.equal(first);
    expect(first.filter((name) => name === 'throttled').length).to.be.within(15, 45);
  });

  it('holds calls to AWS’s rates by the account’s clock', async () => {
    const { kms } = await start({ weather: { requestRates: true } });
    const made = await Promise.allSettled(
      Array.from({ length: 12 }, () => kms.send(new CreateKeyCommand({}))),
    );
    expect(made.filter((one) => one.status === 'rejected')).to.have.length.above(0);
    sandbox.clock.advance(1000);
    await kms.send(new CreateKeyCommand({}));
  });
});

describe('chance and rates', () => {
  it('draws numbers from 0 to 1, evenly enough', () => {
    const random = chance(3);
    const draws = Array.from({ length: 10_000 }, random);
    for (const draw of draws) expect(draw).to.be.within(0, 1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = draws.filter((draw) => Math.floor(draw * 10) === tenth).length / draws.length;
      expect(share).to.be.within(0.08, 0.12);
    }
  });

  it('never takes more than the rate and one second’s reserve, whatever the rhythm', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 });
    fc.assert(
      fc.property(pauses, (gaps) => {
        const rates = new RequestRates();
        let now = 0;
        let taken = 0;
        for (const gap of gaps) {
          now += gap;
          if (rates.take('account', 'kms:CreateKey', new Date(now))) taken++;
        }
        return taken <= 5 + (now / 1000) * 5;
      }),
    );
  });
});
