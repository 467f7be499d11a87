import { request } from 'node:http';
import { join } from 'node:path';
import { type CreateTableCommandInput, DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { labwright } from '../support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const table = 'patients';
const plainTable: CreateTableCommandInput = {
  TableName: table,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** Of the administrator of the first account. */
function clients({ env, url }: RunningSandbox) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = env;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const config = { endpoint: url, region: 'us-east-1', credentials };
  return { config, dynamodb: new DynamoDB(config), iam: new IAM(config), kms: new KMS(config) };
}

describe('labwright sandbox', function () {
  this.timeout(60_000);
  let sandbox: RunningSandbox;
  let KeyId: string;
  let kms: KMS;

  before(async () => {
    sandbox = await runSandbox();
    const { config, dynamodb, iam, ...rest } = clients(sandbox);
    kms = rest.kms;
    KeyId = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
    const SSESpecification = { Enabled: true, SSEType: 'KMS' as const, KMSMasterKeyId: KeyId };
    await dynamodb.createTable({ ...plainTable, SSESpecification });
    const diagnosis = { S: 'a broken leg \u001b[31m\u202e' };
    await dynamodb.putItem({ TableName: table, Item: { id: { S: '1' }, diagnosis } });
    await iam.createUser({ UserName: 'reader' });
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess';
    await iam.attachUserPolicy({ UserName: 'reader', PolicyArn });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'reader' });
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    const reader = new DynamoDB({
      ...config,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    });
    await reader.scan({ TableName: table }).catch(() => undefined);
    await reader.batchExecuteStatement({
      Statements: [{ Statement: `SELECT * FROM ${table} WHERE id = '1'` }],
    });
    await reader.createTable({ TableName: table } as never).catch(() => undefined);
    const nowhere = {
      'content-type': 'application/json',
      'x-amz-target': 'DynamoDBStreams_20120810.ListStreams',
    };
    reader.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: object }).headers, nowhere);
        return next(args);
      },
      { step: 'build' },
    );
    await reader.listTables({}).catch(() => undefined);
  });
  after(() => sandbox.stop());

  const peek = (...args: string[]) => labwright(['sandbox', 'peek', ...args], { env: sandbox.env });

  it('shows the items beside the bytes at rest, and who may read them', async () => {
    const { code, stdout } = await peek(table);
    expect(code).to.equal(0);
    expect(stdout).to.include('diagnosis = "a broken leg');
    expect(stdout).to.match(/^0000 {2}(?:[\da-f]{2} ){8} .{8} {3}id = "1"$/m);
    expect(stdout).to.include('may  user/administrator');
    expect(stdout.replaceAll(/\s+/g, ' ')).to.include(
      'may not user/reader: the key policy leaves it to IAM policies, and no identity-based policy of user/reader allows kms:Decrypt',
    );
    // What a terminal would act on is written out.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
    expect(stdout).to.not.match(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).to.be.at.most(90);
  });

  it('shows all of it as JSON', async () => {
    const found = JSON.parse((await peek(table, '--json')).stdout) as {
      items: { bytes: string; item: object }[];
    };
    expect(found).to.include({ table, usable: true, itemCount: 1 });
    expect(found.items[0]?.item).to.have.nested.property('id.S', '1');
    expect(Buffer.from(found.items[0]?.bytes ?? '', 'base64').includes('leg')).to.equal(false);
  });

  it('shows bytes only while the key cannot be used', async () => {
    await kms.disableKey({ KeyId });
    const { stdout } = await peek(table);
    await kms.enableKey({ KeyId });
    expect(stdout).to.include('disabled').and.to.include('Nobody can read the items now, DynamoDB neither');
    expect(stdout).to.not.include('broken leg');
  });

  it('says what is not there', async () => {
    for (const [args, said] of [
      [['nothing'], 'There are: patients.'],
      [[table, '--region', 'eu-west-1'], 'It is in us-east-1.'],
      [[table, '--region', 'nowhere'], 'nowhere is no AWS Region.'],
      [[table, '--account', '000000000000'], 'has no account 000000000000'],
      [[table, '--port', '1'], 'No sandbox answers at http://127.0.0.1:1.'],
      [[], "missing required argument 'table'"],
    ] as const) {
      const { code, stderr } = await peek(...args);
      expect(code, args.join(' ')).to.equal(2);
      expect(stderr).to.include(said);
    }
  });

  it('shows tables at rest to no web page', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const path = `/labwright/table-at-rest?table=${table}`;
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request({ hostname, port, path, headers })
          .once('response', (response) => resolve(response.resume().statusCode))
          .once('error', reject)
          .end();
      });
    expect(await status({})).to.equal(200);
    for (const [name, value] of [
      ['host', 'evil.example'],
      ['origin', 'https://evil.example'],
      ['sec-fetch-site', 'cross-site'],
    ] as const) {
      expect(await status({ [name]: value }), name).to.equal(403);
    }
  });

  it('tells in its log which policy decided, and that DynamoDB asked KMS', () => {
    const log = sandbox.log();
    expect(log).to.match(
      /user\/administrator {2}dynamodb:PutItem {2}allowed; DynamoDB asked KMS for kms:Decrypt as user\/administrator$/m,
    );
    expect(log).to.match(
      /user\/reader {2}dynamodb:Scan {2}denied: DynamoDB asked KMS for kms:Decrypt as user\/reader; the key policy leaves it to IAM policies, and no identity-based policy of user\/reader allows kms:Decrypt on key\/[\w-]+ \(AccessDeniedException\)$/m,
    );
    expect(log).to.match(
      /dynamodb:BatchExecuteStatement {2}allowed; DynamoDB asked KMS for kms:Decrypt as user\/reader, and was refused: the key policy leaves it to IAM policies, and no .+$/m,
    );
    expect(log).to.match(/user\/reader {2}dynamodb:ListStreams {2}400 UnknownOperationException$/m);
  });

  it('opens several accounts, with their root users where asked', async () => {
    const profiles = /sandbox-2-root\]\n(?:.+\n){4}/;
    const args = ['--port', '0', '--accounts', '2', '--root', '--for', 'profile'];
    const several = await runSandbox(args, profiles);
    expect(await several.stop()).to.equal(0);
    expect(several.log()).to.match(/accounts \d{12}, \d{12}\. Stop with Ctrl-C/);
    // A shell is given the first one; the other is a comment.
    const shell = await runSandbox(['--port', '0', '--accounts', '2'], /# export AWS_DEFAULT_REGION/);
    expect(shell.env).to.have.property('AWS_ACCESS_KEY_ID');
    await shell.stop();
    const older = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';
    expect(shell.log(), 'for AWS CLI versions that do not read the variable').to.include(older);
    expect(several.log(), 'in a profile there is the address').not.to.include('aws()');
    expect((await labwright(['sandbox', '--accounts', '0'])).code).to.equal(2);
  });

  it('tells kept accounts apart, also where their number is not given again', async () => {
    const folder = await temporaryFolder();
    const args = ['--port', '0', '--data', join(folder.path, 'account')];
    const two = await runSandbox([...args, '--accounts', '2'], /# export AWS_DEFAULT_REGION/);
    await clients(two).dynamodb.createTable(plainTable);
    await two.stop();
    const [, first = '', second = ''] = /accounts (\d{12}), (\d{12})/.exec(two.log()) ?? [];
    const again = await runSandbox(args, /# export AWS_DEFAULT_REGION/);
    await clients(again).kms.listKeys({});
    const { stderr } = await labwright(['sandbox', 'peek', table, '--account', second], { env: again.env });
    await again.stop();
    await folder.remove();
    expect(again.log()).to.include(`${first} user/administrator  kms:ListKeys`);
    expect(stderr.replaceAll(/\s+/g, ' ')).to.include(`It is in account ${first}, us-east-1.`);
  });

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    it(`stops cleanly at ${signal}`, async () => {
      const other = await runSandbox();
      const ended = new Promise((resolve) => other.child.once('close', resolve));
      other.child.kill(signal);
      expect(await ended).to.equal(0);
    });
  }

  it('ends, and says nothing, when nobody reads its log any more', async () => {
    const other = await runSandbox();
    const ended = new Promise((resolve) => other.child.once('close', resolve));
    other.child.stderr?.destroy();
    const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' };
    const stranger = new KMS({ endpoint: other.url, region: 'us-east-1', credentials, maxAttempts: 1 });
    await stranger.listKeys({}).catch(() => undefined);
    expect(await ended).to.equal(141);
  });
});
