/** The built command, killed without warning while clients write as fast as they can. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { type AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const rounds = 5;
const writers = 4;
const tables = ['encrypted', 'plain'] as const;
const batchSize = 5;

/** What must be there after a kill; what is in neither set was asked for and not answered. */
class Answered {
  readonly present = new Set<string>();
  readonly absent = new Set<string>();
  readonly users: string[] = [];
  readonly aliases: string[] = [];

  put(...ids: string[]): void {
    for (const id of ids) this.present.add(id);
  }
}

function clientsOf({ env, url }: RunningSandbox) {
  const config = {
    endpoint: url,
    region: 'us-east-1',
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
  };
  return {
    cloudTrail: new CloudTrail(config),
    dynamodb: new DynamoDB(config),
    iam: new IAM(config),
    kms: new KMS(config),
  };
}
type Clients = ReturnType<typeof clientsOf>;

const item = (id: string): Record<string, AttributeValue> => ({ id: { S: id }, kind: { S: id.slice(0, 3) } });

async function furnish({ dynamodb, kms }: Clients): Promise<void> {
  const { KeyMetadata } = await kms.createKey({});
  for (const TableName of tables) {
    await dynamodb.createTable({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [
            { AttributeName: 'kind', KeyType: 'HASH' },
            { AttributeName: 'id', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      ...(TableName === 'encrypted' && {
        SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyMetadata?.KeyId },
      }),
    });
  }
}

/** Writes until the sandbox is gone. @param name begins every id */
async function write({ dynamodb, iam, kms }: Clients, name: string, answered: Answered): Promise<void> {
  const [TableName, Other] = tables;
  for (let count = 0; ; count++) {
    const id = (kind: string, part = 0) => `${kind}-${name}-${count}-${part}`;
    await dynamodb.putItem({ TableName, Item: item(id('put')) });
    answered.put(id('put'));
    const both = tables.map((table) => ({ Put: { TableName: table, Item: item(id('two')) } }));
    await dynamodb.transactWriteItems({ TransactItems: both });
    answered.put(id('two'));
    const batch = Array.from({ length: batchSize }, (_, part) => id('all', part));
    await dynamodb.batchWriteItem({
      RequestItems: { [Other]: batch.map((one) => ({ PutRequest: { Item: item(one) } })) },
    });
    answered.put(...batch);
    answered.present.delete(id('put'));
    if (count % 2 === 0) {
      await dynamodb.deleteItem({ TableName, Key: { id: { S: id('put') } } });
      answered.absent.add(id('put'));
    } else answered.put(id('put'));
    const AliasName = `alias/${id('key')}`;
    const { KeyMetadata } = await kms.createKey({ Description: AliasName });
    await kms.createAlias({ AliasName, TargetKeyId: KeyMetadata?.KeyId });
    answered.aliases.push(AliasName);
    await iam.createUser({ UserName: id('usr') });
    await iam.tagUser({ UserName: id('usr'), Tags: [{ Key: 'made', Value: 'whole' }] });
    answered.users.push(id('usr'));
  }
}

async function idsIn({ dynamodb }: Clients, TableName: string, IndexName?: string): Promise<string[]> {
  const ids: string[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.scan({ TableName, IndexName, ExclusiveStartKey });
    ids.push(...(page.Items ?? []).map(({ id }) => id?.S ?? ''));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return ids.sort();
}

async function inspect(clients: Clients, answered: Answered): Promise<void> {
  const [encrypted, plain] = await Promise.all(tables.map((table) => idsIn(clients, table)));
  for (const table of tables) {
    expect(await idsIn(clients, table, 'by-kind')).to.deep.equal(await idsIn(clients, table));
  }
  const found = new Set([...(encrypted ?? []), ...(plain ?? [])]);
  expect([...answered.present].filter((id) => !found.has(id))).to.deep.equal([]);
  expect([...answered.absent].filter((id) => found.has(id))).to.deep.equal([]);
  const isTwo = (id: string) => id.startsWith('two-');
  expect(encrypted?.filter(isTwo)).to.deep.equal(plain?.filter(isTwo));
  const batches = plain?.filter((id) => id.startsWith('all-')).map((id) => id.slice(0, id.lastIndexOf('-')));
  expect(batches?.length).to.equal(new Set(batches).size * batchSize);

  const { aliases, users } = answered;
  for (const alias of aliases.slice(-20)) {
    const { KeyMetadata } = await clients.kms.describeKey({ KeyId: alias });
    expect(KeyMetadata?.Description).to.equal(alias);
  }
  for (const UserName of users.slice(-20)) {
    const { Tags } = await clients.iam.listUserTags({ UserName });
    expect(Tags).to.deep.equal([{ Key: 'made', Value: 'whole' }]);
    const { Events } = await clients.cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: UserName }],
    });
    expect(Events?.map(({ EventName }) => EventName)).to.include.members(['CreateUser', 'TagUser']);
  }
}

describe('a sandbox that is killed while it writes', function () {
  this.timeout(120_000);

  it(`has lost nothing that it answered, and holds nothing by halves (${rounds} times)`, async () => {
    const folder = await temporaryFolder();
    const run = () => runSandbox(['--port', '0', '--log', 'none', '--data', folder.path]);
    const answered = new Answered();
    let sandbox = await run();
    try {
      await furnish(clientsOf(sandbox));
      for (let round = 0; round < rounds; round++) {
        const clients = clientsOf(sandbox);
        const writing = Array.from({ length: writers }, (_, writer) =>
          write(clients, `${round}-${writer}`, answered).catch(
            (error: Error & { $metadata?: object }) => error,
          ),
        );
        const enough = answered.present.size + 20 + Math.random() * 80;
        const ended = Promise.race(writing).then(() => true);
        while (answered.present.size < enough && !(await Promise.race([ended, delay(5)])));
        await delay(Math.random() * 20);
        sandbox.child.kill('SIGKILL');
        await once(sandbox.child, 'exit');
        for (const end of await Promise.all(writing)) {
          expect(String(end)).to.match(/ECONN|socket hang up|EPIPE/);
        }
        const { AWS_ACCESS_KEY_ID } = sandbox.env;
        sandbox = await run();
        expect(sandbox.env).to.include({ AWS_ACCESS_KEY_ID });
        await inspect(clientsOf(sandbox), answered);
      }
      expect(answered.present.size).to.be.greaterThan(rounds * 20);
    } finally {
      await sandbox.stop();
      await folder.remove();
    }
  });
});
