/** What an account answers after its sandbox was stopped and started again. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttributeValue, CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { type AccessKey, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { realistic } from '../../../sandbox/timing/timing.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { accountId, allow, type Credentials, Scene } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';
import { portrait } from './portrait.ts';

const table: CreateTableCommandInput = {
  TableName: 'orders',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'city', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-city',
      KeySchema: [{ AttributeName: 'city', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

const item = (id: string): Record<string, AttributeValue> => ({ id: { S: id }, city: { S: 'Bern' } });

const trustEverybody = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
});

describe('an account that is kept', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let scene: Scene;
  const started: Sandbox[] = [];

  beforeEach(async () => {
    folder = await temporaryFolder();
    scene = await start();
  });
  afterEach(async () => {
    for (const sandbox of started.splice(0)) await sandbox.close();
    await folder.remove();
  });

  async function start(data = join(folder.path, 'account')): Promise<Scene> {
    const sandbox = await startSandbox({ data });
    started.push(sandbox);
    return new Scene(sandbox);
  }

  async function restart(): Promise<Scene> {
    started.splice(started.indexOf(scene.sandbox), 1);
    await scene.sandbox.close();
    return start();
  }

  /** A second sandbox on what the disk holds now, as if the first had been killed. */
  async function afterKill(): Promise<Scene> {
    const copy = join(folder.path, `copy-${started.length}`);
    await cp(join(folder.path, 'account'), copy, { recursive: true });
    return start(copy);
  }

  /** A key, a role, users and a table with items under the key. */
  async function furnish() {
    const { iam, kms, dynamodb } = scene.admin;
    const { KeyMetadata } = await kms.createKey({ Tags: [{ TagKey: 'for', TagValue: 'orders' }] });
    const KeyId = KeyMetadata?.Arn ?? '';
    await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
    await kms.enableKeyRotation({ KeyId });
    await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await iam.createRole({ RoleName: 'reader', AssumeRolePolicyDocument: trustEverybody });
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow('dynamodb:*')] });
    await iam.putRolePolicy({ RoleName: 'reader', PolicyName: 'inline', PolicyDocument });
    const { Policy } = await iam.createPolicy({ PolicyName: 'tables', PolicyDocument });
    await iam.createGroup({ GroupName: 'readers' });
    await iam.attachGroupPolicy({ GroupName: 'readers', PolicyArn: Policy?.Arn });
    const user = await scene.user('orders', [allow('dynamodb:*')]);
    await iam.addUserToGroup({ GroupName: 'readers', UserName: user.name });
    await iam.createLoginProfile({ UserName: user.name, Password: 'correct-Horse-7-battery' });
    await dynamodb.createTable({
      ...table,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyId },
    });
    await dynamodb.putItem({ TableName: 'orders', Item: item('a') });
    await dynamodb.putItem({ TableName: 'orders', Item: item('b') });
    await dynamodb.deleteItem({ TableName: 'orders', Key: { id: { S: 'b' } } });
    await dynamodb.createTable({ ...table, TableName: 'gone' });
    await dynamodb.putItem({ TableName: 'gone', Item: item('a') });
    await dynamodb.deleteTable({ TableName: 'gone' });
    return { KeyId, user };
  }

  it('answers every question as before, after a stop and after a kill', async () => {
    await furnish();
    const killed = await afterKill();
    const before = await portrait(scene.admin);
    expect(await portrait(killed.admin)).to.deep.equal(before);
    scene = await restart();
    // The questions were events themselves.
    const { events, ...rest } = await portrait(scene.admin);
    expect(before).to.deep.include(rest);
    expect(events).to.include.deep.members(before.events as unknown[]);
  });

  it('lets changes of IAM and KMS take as long as if it had not stopped', async () => {
    const { iam, kms } = scene.admin;
    const user = await scene.user('leaving', [allow('dynamodb:*')]);
    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.KeyId;
    scene.sandbox.setTiming(realistic);
    const grant = { KeyId, GranteePrincipal: user.arn, Operations: ['Encrypt' as const] };
    await kms.createGrant(grant);
    await iam.deleteUserPolicy({ UserName: user.name, PolicyName: 'inline' });
    const { AccessKey } = await iam.createAccessKey({ UserName: user.name });
    await iam.updateAccessKey({
      UserName: user.name,
      AccessKeyId: user.accessKey.accessKeyId,
      Status: 'Inactive',
    });
    scene = await restart();
    scene.sandbox.setTiming(realistic);
    const former = scene.clients(user.accessKey);
    const present = scene.clients({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    });
    const encrypt = { KeyId, Plaintext: Buffer.from('m') };
    expect(await former.dynamodb.listTables({})).to.have.property('TableNames');
    expect((await refusal(present.dynamodb.listTables({}))).name).to.equal('UnrecognizedClientException');
    expect((await refusal(former.kms.encrypt(encrypt))).name).to.equal('AccessDeniedException');
    scene.sandbox.clock.advance(5_000);
    expect((await refusal(former.dynamodb.listTables({}))).name).to.equal('UnrecognizedClientException');
    expect((await refusal(present.dynamodb.listTables({}))).name).to.equal('AccessDeniedException');
    expect(await present.kms.encrypt(encrypt)).to.have.property('CiphertextBlob');
  });

  it('has the same ways in, and lets nobody else in', async () => {
    const { user } = await furnish();
    const { administrator, root, account } = scene.sandbox;
    scene = await restart();
    expect(scene.sandbox.administrator).to.include(keyOf(administrator));
    expect(scene.sandbox.root).to.include(keyOf(root));
    expect(scene.sandbox.account.id).to.equal(account.id);
    const { dynamodb } = scene.clients(user.accessKey);
    const denied = await refusal(dynamodb.getItem({ TableName: 'orders', Key: { id: { S: 'a' } } }));
    expect(denied.name).to.equal('AccessDeniedException');
    expect(denied.message).to.include('KMS key access denied error').and.include('kms:Decrypt');
    const { Item } = await scene.admin.dynamodb.getItem({ TableName: 'orders', Key: { id: { S: 'a' } } });
    expect(Item).to.deep.equal(item('a'));
  });

  it('decrypts and verifies what it encrypted and signed, also after a rotation that time brought about', async () => {
    const { kms } = scene.admin;
    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.KeyId;
    await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    const hmac = await kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const mac = {
      KeyId: hmac.KeyMetadata?.KeyId,
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from('m'),
    } as const;
    const { Mac } = await kms.generateMac(mac);
    const first = await kms.encrypt({ KeyId, Plaintext: Buffer.from('one') });
    scene.sandbox.clock.advance(91 * 24 * 60 * 60 * 1000);
    // Nothing but a look rotates the key, and the ciphertext is under the new material.
    const second = await kms.encrypt({ KeyId, Plaintext: Buffer.from('two') });
    const { admin } = await afterKill();
    for (const [{ CiphertextBlob }, text] of [
      [first, 'one'],
      [second, 'two'],
    ] as const) {
      const { Plaintext } = await admin.kms.decrypt({ CiphertextBlob });
      expect(Buffer.from(Plaintext ?? []).toString()).to.equal(text);
    }
    expect((await admin.kms.verifyMac({ ...mac, Mac })).MacValid).to.equal(true);
  });

  it('keeps the key that a look made', async () => {
    const KeyId = 'alias/aws/dynamodb';
    const { KeyMetadata } = await scene.admin.kms.describeKey({ KeyId });
    const { admin } = await afterKill();
    expect((await admin.kms.describeKey({ KeyId })).KeyMetadata?.KeyId).to.equal(KeyMetadata?.KeyId);
  });

  it('knows the sessions that were open, and when they end', async () => {
    await furnish();
    const RoleArn = `arn:aws:iam::${accountId}:role/reader`;
    const { Credentials: made } = await scene.admin.sts.assumeRole({ RoleArn, RoleSessionName: 'one' });
    const session: Credentials = {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken,
    };
    const killed = await afterKill();
    const caller = await killed.clients(session).sts.getCallerIdentity();
    expect(caller.Arn).to.equal(`arn:aws:sts::${accountId}:assumed-role/reader/one`);
    expect((await killed.clients(session).dynamodb.listTables()).TableNames).to.deep.equal(['orders']);
    killed.sandbox.clock.advance(61 * 60 * 1000);
    expect((await refusal(killed.clients(session).sts.getCallerIdentity())).name).to.equal('ExpiredToken');
  });

  it('carries a transaction out once, whatever happened in between', async () => {
    await scene.admin.dynamodb.createTable(table);
    const transaction = (count: string) => ({
      ClientRequestToken: 'once \u{1f511}',
      TransactItems: [
        {
          Update: {
            TableName: 'orders',
            Key: { id: { S: 'a' } },
            UpdateExpression: 'ADD hits :n',
            ExpressionAttributeValues: { ':n': { N: count } },
          },
        },
      ],
    });
    await scene.admin.dynamodb.transactWriteItems(transaction('1'));
    const { dynamodb } = (await afterKill()).admin;
    await dynamodb.transactWriteItems(transaction('1'));
    const { Item } = await dynamodb.getItem({ TableName: 'orders', Key: { id: { S: 'a' } } });
    expect(Item?.hits).to.deep.equal({ N: '1' });
    expect((await refusal(dynamodb.transactWriteItems(transaction('2')))).name).to.equal(
      'IdempotentParameterMismatchException',
    );
  });

  it('stays at the time to which its clock was moved', async () => {
    scene.sandbox.clock.advance(40 * 24 * 60 * 60 * 1000);
    const moved = scene.sandbox.clock.now();
    scene = await restart();
    expect(scene.sandbox.clock.now()).to.be.at.least(moved);
    scene.sandbox.clock.advance(1000);
    const further = scene.sandbox.clock.now();
    await scene.admin.sts.getCallerIdentity();
    expect((await afterKill()).sandbox.clock.now()).to.be.at.least(further);
  });

  it('deletes what is due while nobody looked', async () => {
    const { kms, dynamodb } = scene.admin;
    const { KeyMetadata } = await kms.createKey({});
    await kms.scheduleKeyDeletion({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 });
    scene.sandbox.setTiming({ tableDeletionMs: 5000 });
    await dynamodb.createTable(table);
    await dynamodb.putItem({ TableName: 'orders', Item: item('a') });
    await dynamodb.deleteTable({ TableName: 'orders' });
    const { admin, sandbox } = await afterKill();
    expect((await admin.dynamodb.listTables()).TableNames).to.deep.equal(['orders']);
    sandbox.clock.advance(8 * 24 * 60 * 60 * 1000);
    expect((await admin.kms.listKeys()).Keys).to.deep.equal([]);
    expect((await refusal(admin.dynamodb.describeTable({ TableName: 'orders' }))).name).to.equal(
      'ResourceNotFoundException',
    );
    await admin.dynamodb.createTable(table);
    expect((await admin.dynamodb.scan({ TableName: 'orders' })).Items).to.deep.equal([]);
  });

  it('keeps every account, and what one did in another', async () => {
    const other = scene.sandbox.addAccount('222233334444');
    const clients = scene.clients(other.administrator);
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
    });
    await clients.iam.createRole({ RoleName: 'guest', AssumeRolePolicyDocument: trust });
    const RoleArn = 'arn:aws:iam::222233334444:role/guest';
    const { Credentials: made } = await scene.admin.sts.assumeRole({ RoleArn, RoleSessionName: 'visit' });
    const killed = await afterKill();
    expect(killed.sandbox.accounts.map(({ account }) => account.id)).to.deep.equal([
      accountId,
      '222233334444',
    ]);
    expect(killed.sandbox.accounts[1]?.administrator).to.include(keyOf(other.administrator));
    const visitor = killed.clients({
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken,
    });
    expect((await visitor.sts.getCallerIdentity()).Account).to.equal('222233334444');
    expect(() => killed.sandbox.addAccount('222233334444')).to.throw(RangeError);
  });

  it('remembers at a clean stop when keys were last used', async () => {
    const { kms } = scene.admin;
    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.KeyId;
    await kms.encrypt({ KeyId, Plaintext: Buffer.from('one') });
    const before = await kms.getKeyLastUsage({ KeyId });
    scene = await restart();
    const { KeyLastUsage } = await scene.admin.kms.getKeyLastUsage({ KeyId });
    expect(KeyLastUsage).to.deep.equal(before.KeyLastUsage).and.have.property('Operation', 'Encrypt');
  });

  it('drops the oldest events, and numbers the next ones on', async () => {
    await scene.admin.kms.listKeys();
    scene.sandbox.clock.advance(91 * 24 * 60 * 60 * 1000);
    await scene.admin.kms.listAliases();
    scene = await restart();
    await scene.admin.kms.createKey({});
    scene = await restart();
    const names = (await scene.events()).map(({ EventName }) => EventName);
    expect(names).to.deep.equal(['CreateKey', 'ListAliases']);
  });
});

/** The SDK adds members of its own to the credentials that it is given. */
function keyOf({ accessKeyId, secretAccessKey }: AccessKey): AccessKey {
  return { accessKeyId, secretAccessKey };
}
