/** `labwright explain`, from outside, on a sandbox in which the lab stands as before its grant stage. */
import { expect } from 'chai';
import type { AccessKey } from '../../runner/accounts/access-key.ts';
import type { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const user = 'nextwork-kms-user';
const key = 'alias/nextwork-kms-key';
const table = 'nextwork-kms-table';

describe('labwright explain', function () {
  this.timeout(120_000);
  let account: SandboxAccount;
  let owner: AwsCaller;
  let id: string;

  before(async () => {
    account = await sandboxAccount();
    ({ owner } = account);
    id = account.sandbox.account.id;
    const { lab, proof } = await readLab(firstLab);
    const { params } = planRun(lab, {});
    for (const stage of ['key', 'table', 'data', 'user']) {
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: owner, params });
    }
    const trust = { Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' };
    await owner.send('iam:CreateRole', {
      RoleName: 'reader',
      Path: '/lab/',
      AssumeRolePolicyDocument: policy(trust),
    });
    await put('iam:PutRolePolicy', { RoleName: 'reader' }, allow('dynamodb:GetItem'));
  });
  after(() => account.close());

  function policy(...Statement: object[]): string {
    return JSON.stringify({ Version: '2012-10-17', Statement });
  }

  function allow(Action: string | string[], rest: object = {}) {
    return { Effect: 'Allow', Action, Resource: '*', ...rest };
  }

  async function put(
    call: 'iam:PutUserPolicy' | 'iam:PutRolePolicy',
    holder: object,
    ...statements: object[]
  ): Promise<void> {
    await owner.send(call, { ...holder, PolicyName: 'tried', PolicyDocument: policy(...statements) });
  }

  function explain(args: readonly string[], credentials: AccessKey = account.sandbox.administrator) {
    return labwright(['explain', ...args, '--endpoint-url', account.sandbox.url], {
      env: {
        AWS_REGION: account.sandbox.region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    });
  }

  it('says of a key that the user is denied, why, and the narrowest statement to add', async () => {
    const { code, stdout, stderr } = await explain([user, 'kms:Decrypt', key, '--through', table]);
    expect(code, stderr).to.equal(1);
    expect(stdout)
      .to.include('✘ denied  kms:Decrypt')
      .and.to.include(`DynamoDB, for the table ${table}`)
      .and.to.include('no identity-based policy allows the kms:Decrypt action')
      .and.to.include(`The key policy does not name ${user}.`)
      .and.to.include('SCPs and RCPs');
    const statement: unknown = JSON.parse(/\n {5}(\{.*?\n {5}\})/s.exec(stdout)?.[1] ?? '');
    expect(statement).to.deep.include({
      Principal: { AWS: `arn:aws:iam::${id}:user/${user}` },
      Action: 'kms:Decrypt',
      Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${account.sandbox.region}.amazonaws.com` } },
    });
  });

  it('explains both sides of an item: DynamoDB’s and the key’s', async () => {
    const { code, stdout } = await explain([user, 'dynamodb:Scan', table, '--json']);
    expect(code).to.equal(1);
    const { schema, answer, requests } = JSON.parse(stdout);
    expect({ schema, answer }).to.deep.equal({ schema: 'labwright/explanation/v1', answer: 'denied' });
    const told = requests.map((one: { action: string; answer: string }) => `${one.action} ${one.answer}`);
    expect(told).to.deep.equal(['dynamodb:Scan allowed', 'kms:Decrypt denied']);
    expect(requests[0].decidedBy).to.include('AmazonDynamoDBFullAccess');
    const describing = await explain([user, 'dynamodb:DescribeTable', table, '--json']);
    expect(describing.code).to.equal(0);
    expect(JSON.parse(describing.stdout).requests).to.have.length(1);
  });

  it('agrees with the account on whoever is asked about, however named', async () => {
    const arn = (rest: string) => `arn:aws:iam::${id}:${rest}`;
    const expected: readonly (readonly [string[], number])[] = [
      [['root', 'kms:Decrypt', key], 0],
      [[arn('root'), 'dynamodb:Scan', table], 0],
      [[account.sandbox.administrator.userName, 'kms:Decrypt', key], 0],
      [[arn(`user/${user}`), 'kms:DescribeKey', key], 0],
      [[`user/${user}`, 'kms:ScheduleKeyDeletion', key], 1],
      [['reader', 'dynamodb:DescribeTable', table], 1],
      [['role/reader', 'dynamodb:GetItem', `arn:aws:dynamodb:us-east-1:${id}:table/${table}`], 1],
      [[arn('role/lab/reader'), 's3:GetObject', 'arn:aws:s3:::bucket/object'], 1],
      [[`arn:aws:sts::${id}:assumed-role/reader/ana`, 'dynamodb:getItem', table], 1],
      [[user, 'kms:ListAliases', '*'], 0],
    ];
    for (const [args, code] of expected) {
      const ran = await explain(args);
      expect(ran.code, `${args.join(' ')}: ${ran.stdout}${ran.stderr}`).to.equal(code);
    }
  });

  it('does not guess what hangs on keys that no policy tells, and decides once they are given', async () => {
    const home = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    await put('iam:PutUserPolicy', { UserName: user }, allow('kms:Decrypt', home));
    try {
      const asked = [user, 'kms:Decrypt', key];
      const open = await explain(asked);
      expect(open.code).to.equal(3);
      expect(open.stdout)
        .to.include('? cannot be told')
        .and.to.match(/depends on +aws:SourceIp\n/)
        .and.to.include('--context aws:SourceIp=VALUE');
      const from = (ip: string) => explain([...asked, '--context', `aws:SourceIp=${ip}`]);
      expect((await from('203.0.113.9')).code).to.equal(0);
      expect((await from('198.51.100.1')).code).to.equal(1);
      expect((await from('')).code, 'a request without it').to.equal(1);
    } finally {
      await owner.send('iam:DeleteUserPolicy', { UserName: user, PolicyName: 'tried' });
    }
  });

  it('knows the tags of a user, and that those of a session are not known', async () => {
    const blue = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } };
    await put('iam:PutUserPolicy', { UserName: user }, allow('kms:Encrypt', blue));
    await put('iam:PutRolePolicy', { RoleName: 'reader' }, allow('kms:Encrypt', blue));
    try {
      expect((await explain([user, 'kms:Encrypt', key])).code).to.equal(1);
      await owner.send('iam:TagUser', { UserName: user, Tags: [{ Key: 'team', Value: 'blue' }] });
      expect((await explain([user, 'kms:Encrypt', key])).code).to.equal(0);
      expect((await explain(['reader', 'kms:Encrypt', key])).code).to.equal(3);
    } finally {
      await owner.send('iam:DeleteUserPolicy', { UserName: user, PolicyName: 'tried' });
      await owner.send('iam:UntagUser', { UserName: user, TagKeys: ['team'] });
      await put('iam:PutRolePolicy', { RoleName: 'reader' }, allow('dynamodb:GetItem'));
    }
  });

  it('reads a role’s boundary', async () => {
    const boundary = `arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess`;
    await put('iam:PutRolePolicy', { RoleName: 'reader' }, allow('kms:Encrypt'));
    await owner.send('iam:PutRolePermissionsBoundary', { RoleName: 'reader', PermissionsBoundary: boundary });
    try {
      const { code, stdout } = await explain(['reader', 'kms:Encrypt', key]);
      expect(code).to.equal(1);
      expect(stdout.replace(/\s+/g, ' ')).to.include(
        'The permissions boundary of the role reader, the policy AmazonDynamoDBReadOnlyAccess, does not allow kms:Encrypt',
      );
    } finally {
      await owner.send('iam:DeleteRolePermissionsBoundary', { RoleName: 'reader' });
    }
  });

  it('says clearly what is not there, or is no name', async () => {
    const expected: readonly (readonly [string[], number, RegExp])[] = [
      [['nobody', 'kms:Decrypt', key], 2, /neither an IAM user nor a role nobody/],
      [['role/nobody', 'kms:Decrypt', key], 2, /no IAM role nobody/],
      [['arn:aws:iam::444455556666:user/x', 'kms:Decrypt', key], 2, /belongs to the account 444455556666/],
      [['arn:aws:iam::aws:policy/x', 'kms:Decrypt', key], 2, /is not a principal/],
      [[user, 'kms:Decrypt', 'alias/none'], 2, /no key alias\/none in us-east-1/],
      [[user, 'kms:Decrypt', 'not a key'], 2, /is not a resource for kms:Decrypt/],
      [
        [user, 'kms:Decrypt', 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
        3,
        /belongs to the account 444455556666/,
      ],
      [[user, 'dynamodb:Scan', 'no-such-table'], 2, /no table no-such-table/],
      [[user, 'kms:*', key], 2, /is not an action/],
      [[user, 'sts:AssumeRole', `arn:aws:iam::${id}:role/lab/reader`], 2, /trust policy/],
      [[user, 'kms:Decrypt', key, '--context', 'nonsense'], 2, /service:Key=value/],
      [[user, 'dynamodb:Scan', table, '--through', table], 2, /is for actions on a key/],
      [[user, 'kms:Decrypt', key, '--through', '$(x)'], 2, /is not the name or ARN of a table/],
      [[user, 'kms:Decrypt'], 2, /missing required argument/],
    ];
    for (const [args, code, said] of expected) {
      const ran = await explain(args);
      expect(ran.stderr).to.match(said);
      expect(ran.code, args.join(' ')).to.equal(code);
      expect(ran.stderr).to.not.match(/\n\s+at /);
    }
  });

  it('is not moved by hostile names, typed or read', async () => {
    const hostile = ['\u001b[31mred', 'a\nb', '$(reboot)', '__proto__:x', 'x'.repeat(9999)];
    for (const text of hostile) {
      for (const args of [
        [text, 'kms:Decrypt', key],
        [user, text, key],
        [user, 'kms:Decrypt', text],
        [user, 'dynamodb:Scan', text],
      ]) {
        const { code, stderr, stdout } = await explain(args);
        expect(code, JSON.stringify(args)).to.equal(2);
        expect(stdout).to.equal('');
        expect(stderr)
          .to.not.include('\u001b')
          .and.to.not.match(/\n\s+at /);
      }
    }
    const { output } = await owner.send('kms:CreateKey', {});
    const { KeyId } = output.KeyMetadata as { KeyId: string };
    await owner.send('kms:PutKeyPolicy', {
      KeyId,
      Policy: policy(
        { ...allow('kms:*'), Principal: { AWS: id } },
        { Sid: 'red\u001b[31m\nline', Effect: 'Deny', Action: 'kms:Encrypt', Principal: '*', Resource: '*' },
      ),
    });
    const { code, stdout } = await explain([user, 'kms:Encrypt', KeyId]);
    expect(code).to.equal(1);
    expect(stdout).to.not.include('\u001b');
    expect(stdout).to.match(/statement "red\s+line"/);
  });

  it('names the permission that is missing, and needs none but those that it declares', async () => {
    const { explainCalls } = await import('../../runner/explain/explain.ts');
    const UserName = 'asker';
    await owner.send('iam:CreateUser', { UserName });
    const { output } = await owner.send('iam:CreateAccessKey', { UserName });
    const { AccessKeyId, SecretAccessKey } = output.AccessKey as Record<string, string>;
    const asker = { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretAccessKey ?? '' };
    const ask = () => explain([user, 'dynamodb:Scan', table], asker);
    const needed = [...new Set<string>(explainCalls)];
    await put('iam:PutUserPolicy', { UserName }, allow(needed));
    expect((await ask()).code).to.equal(1);
    const forUsers = needed.filter((call) => !/Role|Group(Policy|Policies)|UserPolicy$/.test(call));
    for (const missing of forUsers) {
      await put('iam:PutUserPolicy', { UserName }, allow(needed.filter((call) => call !== missing)));
      const { code, stdout, stderr } = await ask();
      expect(code, missing).to.equal(3);
      expect(stdout, missing).to.equal('');
      expect(stderr).to.include(`need the permission \`${missing}\``);
    }
  });

  it('writes nothing', async () => {
    account.newCalls();
    await explain([user, 'dynamodb:Scan', table]);
    await explain(['reader', 'kms:Decrypt', key]);
    for (const call of account.newCalls())
      expect(call).to.match(/^(iam|kms|dynamodb|sts):(Get|List|Describe)/);
  });
});
