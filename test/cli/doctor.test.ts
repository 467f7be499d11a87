/** `labwright doctor`, as a learner runs it before a lab. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeItem } from '../../cli/machine/machine-items.ts';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import { neededPermissions } from '../../runner/permissions/needed.ts';
import { planRun } from '../../runner/plan.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright, type Ran } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';
const { lab: readIn } = await readLab(firstLab);
const needed = neededPermissions(planRun(readIn, {}).steps);

interface Found {
  readonly id: string;
  readonly state: string;
  readonly message: string;
  readonly advice?: string;
}

describe('labwright doctor', function () {
  this.timeout(40_000);
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  /** An empty value takes a variable away. */
  const doctor = (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> => {
    const { url, administrator } = account.sandbox;
    const all = {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
      ...env,
    };
    return labwright(['doctor', lab, ...args], {
      cwd: folder.path,
      env: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    });
  };
  const found = async (ran: Promise<Ran>, id: string, state?: string): Promise<Found[]> => {
    const { stdout } = await ran;
    const { items } = JSON.parse(stdout) as { items: Found[] };
    return items.filter((item) => item.id === id && (state === undefined || item.state === state));
  };
  const withoutKey = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const configured = async (text: string): Promise<Record<string, string>> => {
    const file = join(folder.path, 'aws-config');
    await writeFile(file, text);
    return { AWS_CONFIG_FILE: file };
  };
  const grader = async (actions: readonly string[]): Promise<Record<string, string>> => {
    const { owner } = account;
    await owner.send('iam:CreateUser', { UserName: 'grader' });
    const Statement = [{ Effect: 'Allow', Action: ['sts:GetCallerIdentity', ...actions], Resource: '*' }];
    await owner.send('iam:PutUserPolicy', {
      UserName: 'grader',
      PolicyName: 'some',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    const key = accessKeyIn(await owner.send('iam:CreateAccessKey', { UserName: 'grader' }));
    return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
  };

  it('finds all well, and writes nothing anywhere', async () => {
    const { code, stdout, stderr } = await doctor(['--account', '123456789012']);
    expect(stdout).to.not.match(/^[✘!?]/mu);
    expect(stdout).to.include('✔ The account is 123456789012, the one that is meant.');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const writes = account.records.filter(
      ({ call }) => !/:(Get|List|Lookup|Describe|Scan|Simulate)/.test(call) && call !== 'unknown',
    );
    expect(writes.filter(({ principal }) => principal !== undefined)).to.deep.equal([]);
    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('says that there are no credentials', async () => {
    const ran = doctor(['--json'], withoutKey);
    const [item] = await found(ran, 'credentials');
    expect(item).to.include({ state: 'missing', message: 'No AWS credentials were found.' });
    expect((await ran).code).to.equal(1);
  });

  it('names the profiles there are when one is not', async () => {
    const env = {
      ...withoutKey,
      ...(await configured('[default]\nregion = us-east-1\n[profile work]\nregion = eu-west-1\n')),
    };
    const { code, stdout } = await doctor(['--profile', 'wrok'], env);
    expect(stdout).to.include('There is no profile "wrok"').and.to.include('the profiles are default, work');
    expect(code).to.equal(1);
    const { stderr } = await labwright(['check', lab, '--profile', 'wrok'], { cwd: folder.path, env });
    expect(stderr).to.include('There is no profile "wrok"');
  });

  it('says which half of a key is missing', async () => {
    const [inVariables] = await found(doctor(['--json'], { AWS_SECRET_ACCESS_KEY: '' }), 'credentials');
    expect(inVariables?.message).to.equal(
      'AWS_ACCESS_KEY_ID is set in the environment, and AWS_SECRET_ACCESS_KEY is not.',
    );
    const env = { ...withoutKey, ...(await configured('[profile half]\naws_access_key_id = AKIAEXAMPLE\n')) };
    const [inProfile] = await found(doctor(['--json', '--profile', 'half'], env), 'credentials');
    expect(inProfile?.message).to.include('in the profile "half", and aws_secret_access_key is not');
  });

  it('says when a sign-in is over', async () => {
    const env = {
      ...withoutKey,
      ...(await configured(
        '[profile sso]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = learner\n[sso-session s]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n',
      )),
    };
    const [item] = await found(doctor(['--json', '--profile', 'sso'], env), 'credentials');
    expect(item).to.include({ state: 'missing' });
    expect(item?.advice).to.include('aws sso login --profile sso');
  });

  it('tells a wrong secret from an unknown key', async () => {
    const [secret] = await found(doctor(['--json'], { AWS_SECRET_ACCESS_KEY: 'wrong' }), 'credentials');
    expect(secret).to.include({ state: 'missing' });
    expect(secret?.advice).to.include('does not belong to the access key');
    const [key] = await found(
      doctor(['--json'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }),
      'credentials',
    );
    expect(key?.advice).to.include('does not know this access key');
  });

  it('says that no Region is set, and which others are', async () => {
    const none = await doctor([], { AWS_REGION: '' });
    expect(none.stdout).to.include('No AWS Region is set');
    expect(none.code).to.equal(1);
    const env = await configured('[default]\nregion = eu-west-1\n');
    const ran = doctor(['--json'], { ...env, AWS_DEFAULT_REGION: 'us-west-2' });
    const [item] = await found(ran, 'region');
    expect(item).to.include({ state: 'warning' });
    expect(item?.message).to.include(
      'AWS_DEFAULT_REGION says us-west-2, the profile "default" says eu-west-1',
    );
    expect((await ran).code).to.equal(0);
  });

  it('refuses another account than the one that is meant, and warns of the root user', async () => {
    const ran = doctor(['--json', '--account', '111122223333']);
    expect((await found(ran, 'account'))[0]).to.include({
      state: 'missing',
      message: 'The account is 123456789012, and not 111122223333.',
    });
    expect((await ran).code).to.equal(1);
    expect((await doctor(['--account', '1234'])).code).to.equal(2);
    const { root } = account.sandbox;
    const key = { AWS_ACCESS_KEY_ID: root.accessKeyId, AWS_SECRET_ACCESS_KEY: root.secretAccessKey };
    const [warned] = await found(doctor(['--json'], key), 'credentials', 'warning');
    expect(warned?.message).to.include('root user');
  });

  for (const [minutes, state, said] of [
    [-60, 'missing', '60 minutes ahead'],
    [180, 'missing', '3 hours behind'],
    [2, 'warning', '2 minutes behind'],
    [0, 'good', 'agrees'],
  ] as const) {
    it(`says how far the clock is off: ${said}`, async () => {
      const server = createServer((_request, response) => {
        response.setHeader('Date', new Date(Date.now() + minutes * 60_000).toUTCString());
        response.writeHead(403).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const [item] = await found(
          doctor(['--json'], { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }),
          'clock',
        );
        expect(item).to.include({ state });
        expect(item?.message).to.include(said);
      } finally {
        server.close();
      }
    });
  }

  it('with nobody answering does not know, and ends with 3', async () => {
    const ran = doctor(['--json'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    const [item] = await found(ran, 'credentials');
    expect(item).to.include({ state: 'unknown' });
    expect(item?.message).to.include('was not answered (ECONNREFUSED)');
    expect((await ran).code).to.equal(3);
  });

  it('names each missing permission, asked of the simulator', async () => {
    const some = needed.calls.filter((call) => call !== 'kms:ListGrants' && call !== 'iam:GetUser');
    const ran = doctor(['--json'], await grader([...some, 'iam:SimulatePrincipalPolicy']));
    const missing = await found(ran, 'permissions', 'missing');
    expect(missing.map(({ message }) => message)).to.deep.equal([
      'The permission `iam:GetUser` is missing.',
      'The permission `kms:ListGrants` is missing.',
    ]);
    expect((await ran).code).to.equal(1);
    const [optional] = await found(ran, 'permissions', 'warning');
    expect(optional?.message).to.include('dynamodb:ListTables').and.to.include('near misses');
    const [key] = await found(ran, 'temporary-key');
    expect(key).to.include({ state: 'warning' });
    expect(key?.message).to.include('iam:CreateAccessKey');
  });

  it('makes harmless reads where the simulator may not be asked, and says what they cannot show', async () => {
    const some = needed.calls.filter((call) => call !== 'iam:GetUser');
    const ran = doctor(['--json'], await grader(some));
    const missing = await found(ran, 'permissions', 'missing');
    expect(missing.map(({ message }) => message)).to.deep.equal(['The permission `iam:GetUser` is missing.']);
    const unknown = await found(ran, 'permissions', 'unknown');
    // Of a key that is not there, KMS says so whoever asks.
    expect(unknown[0]?.message).to.include('kms:GetKeyPolicy').and.to.not.include('dynamodb:');
    expect(unknown[1]?.message).to.include('kms:Decrypt');
    expect((await found(ran, 'temporary-key'))[0]?.message).to.include('without making one');
  });

  it('asks about a session of a role as that role, its path included', async () => {
    const { owner } = account;
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }],
    };
    const { output: made } = await owner.send('iam:CreateRole', {
      RoleName: 'learner',
      Path: '/aws-reserved-like/',
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
    await owner.send('iam:AttachRolePolicy', {
      RoleName: 'learner',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    const { output } = await owner.send('sts:AssumeRole', {
      RoleArn: (made.Role as { Arn: string }).Arn,
      RoleSessionName: 'me',
    });
    const session = output.Credentials as Record<string, string>;
    const { code, stdout } = await doctor([], {
      AWS_ACCESS_KEY_ID: session.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: session.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: session.SessionToken ?? '',
    });
    expect(stdout).to.include('assumed-role/learner/me').and.to.include('says iam:SimulatePrincipalPolicy');
    expect(code).to.equal(0);
  });

  it('refuses the credentials of the user whose access is tried', async () => {
    const UserName = 'nextwork-kms-user';
    await account.owner.send('iam:CreateUser', { UserName });
    const key = accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName }));
    const ran = doctor(['--json'], {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    });
    const [item] = await found(ran, 'credentials', 'missing');
    expect(item?.message).to.include(`credentials of ${UserName}`);
    expect(await found(ran, 'permissions')).to.deep.equal([]);
  });

  it('lets a permission for the lab’s own table count', async () => {
    const { owner } = account;
    const env = await grader([
      'iam:SimulatePrincipalPolicy',
      ...needed.calls.filter((one) => !one.startsWith('dyn')),
    ]);
    const Statement = [
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:*:*:table/nextwork-kms-table' },
    ];
    await owner.send('iam:PutUserPolicy', {
      UserName: 'grader',
      PolicyName: 'table',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    expect(await found(doctor(['--json'], env), 'permissions', 'missing')).to.deep.equal([]);
  });

  it('sees whether the key lets the credentials read', async () => {
    await labwright(['solve', lab, 'key', 'table', 'data'], {
      cwd: folder.path,
      env: {
        AWS_ENDPOINT_URL: account.sandbox.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: account.sandbox.administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: account.sandbox.administrator.secretAccessKey,
      },
    });
    const good = await found(doctor(['--json']), 'permissions', 'good');
    expect(good.at(-1)?.message).to.include('kms:Decrypt').and.to.include('an item was read');
    const missing = await found(doctor(['--json'], await grader(needed.calls)), 'permissions', 'missing');
    expect(missing.map(({ message }) => message).join())
      .to.include('kms:Decrypt')
      .and.not.include('Scan');
  });

  it('finds keys that a killed run left, and a journal that cannot be read', async () => {
    const journal = join(folder.path, '.labwright', lab, 'probe-keys');
    await mkdir(journal, { recursive: true });
    const entry = {
      accountId: '123456789012',
      userName: 'tester',
      at: new Date().toISOString(),
      keysBefore: [],
    };
    const file = join(journal, 'one.json');
    await writeFile(file, JSON.stringify(entry));
    expect((await found(doctor(['--json']), 'left-keys'))[0]).to.include({ state: 'warning' });
    await writeFile(file, '[{');
    expect((await found(doctor(['--json']), 'left-keys'))[0]).to.include({ state: 'missing' });
    expect(await readFile(file, 'utf8')).to.equal('[{');
  });

  it('says when attempts could not be kept', async () => {
    await writeFile(join(folder.path, '.labwright'), 'a file, where the folder should be');
    const ran = doctor(['--json']);
    expect((await found(ran, 'state-folder'))[0]).to.include({ state: 'missing' });
    expect((await ran).code).to.equal(1);
  });

  it('holds Node to what the package asks for', async () => {
    const { engines } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { engines: { node: string } };
    expect(engines.node).to.equal('^20.19.0 || >=22.12.0');
    const states = ['18.20.0', '20.18.3', '20.19.0', '21.7.0', '22.11.0', '22.12.0', '24.0.0'].map(
      (version) => nodeItem(version).state,
    );
    expect(states).to.deep.equal(['missing', 'missing', 'good', 'missing', 'missing', 'good', 'good']);
  });
});
