import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { resultSchema } from '../../runner/result.ts';
import { firstLab } from '../support/labs.ts';
import { bareEnvironment, labwright, type Ran } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';
/** No user sees where in the program something broke. */
const stackTrace = /\n\s+at .+:\d+:\d+/;

describe('labwright check', () => {
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

  const check = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => {
    const { url, administrator } = account.sandbox;
    return labwright(['check', ...args], {
      cwd: folder.path,
      env: {
        AWS_ENDPOINT_URL: url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
        ...env,
      },
    });
  };
  const solve = (...stages: string[]) =>
    labwright(['solve', lab, ...stages], {
      cwd: folder.path,
      env: {
        AWS_ENDPOINT_URL: account.sandbox.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: account.sandbox.administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: account.sandbox.administrator.secretAccessKey,
      },
    });

  it('grades stage by stage, keeps what was seen, and writes it up', async function () {
    this.timeout(60_000);
    expect((await check([lab, '--probe', 'key'])).code).to.equal(1);
    for (const stage of ['key', 'table', 'data', 'user', 'deny', 'grant', 'cleanup']) {
      expect((await solve(stage)).code, stage).to.equal(0);
      const { code, stdout } = await check([lab, stage, '--probe', 'key']);
      expect(code, stdout).to.equal(0);
    }
    const all = await check([lab, '--probe', 'key', '--json']);
    const result = resultSchema.parse(JSON.parse(all.stdout));
    expect(result.score).to.deep.equal({ points: 100, max: 100 });
    expect(all.code).to.equal(0);

    await writeFile(
      join(folder.path, '.labwright', lab, 'answers.yaml'),
      'goal: |\n  To show *who* can read.\nhow-granted: I added the test user as a <b>key administrator</b>.\nwhat-is-dynamodb: A fast NoSQL database.\nwhat-happened: The error was ...\n',
    );
    const report = await labwright(['report', lab, '--author', 'A new user', '--out', 'mine'], {
      cwd: folder.path,
    });
    expect(report.code, report.stderr).to.equal(0);
    const markdown = await readFile(join(folder.path, 'mine', 'report.md'), 'utf8');
    expect(markdown).to.include('To show *who* can read.').and.to.include('A new user').and.to.include('100');
    expect(report.stderr).to.include('15 questions are not answered yet');
    expect(report.stderr).to.include(
      '2 answers need a look: what-happened (only begun), how-granted (something in it is not so).',
    );
    const html = await readFile(join(folder.path, 'mine', 'report.html'), 'utf8');
    for (const text of [markdown, html])
      expect(text)
        .to.include('Something here is not so.')
        .and.to.include('A key administrator manages the key');
    const written = resultSchema.parse(
      JSON.parse(await readFile(join(folder.path, 'mine', 'result.json'), 'utf8')),
    );
    const feedbackOf = (id: string) => written.questions.find((question) => question.id === id)?.feedback;
    expect(feedbackOf('what-is-dynamodb')).to.include({ state: 'complete', points: 2, max: 2 });
    expect(feedbackOf('what-you-saw')).to.include({ state: 'unanswered', points: 0, max: 2 });
  });

  it('does not try the user unless agreed to, and says how', async () => {
    await solve('key', 'table', 'data', 'user');
    const { code, stdout } = await check([lab, 'deny']);
    expect(code).to.equal(3);
    expect(stdout).to.include('not judged').and.to.include('--probe key');
    expect(account.records.map((record) => record.call)).to.not.include('iam:CreateAccessKey');
  });

  it('takes a profile beside credentials in the environment, without a word of the SDK', async () => {
    await solve('key', 'table', 'data', 'user');
    const config = join(folder.path, 'config');
    const { output } = await account.owner.send('iam:CreateAccessKey', { UserName: 'nextwork-kms-user' });
    const { AccessKey } = output as { AccessKey?: { AccessKeyId: string; SecretAccessKey: string } };
    await writeFile(
      config,
      `[profile tester]\naws_access_key_id = ${AccessKey?.AccessKeyId}\naws_secret_access_key = ${AccessKey?.SecretAccessKey}\n`,
    );
    const { stdout, stderr } = await check([lab, 'deny', '--probe', 'profile:tester'], {
      AWS_CONFIG_FILE: config,
    });
    expect(stdout).to.include('pass');
    expect(stderr).to.not.include('Multiple credential sources');
  });

  it('makes only reads, but for the temporary key', async () => {
    await solve('key', 'table', 'data', 'user');
    account.newCalls();
    await check([lab, '--probe', 'key']);
    const writes = account.newCalls().filter((call) => !/:(Get|List|Lookup|Describe|Scan)/.test(call));
    expect(writes).to.deep.equal(['iam:CreateAccessKey', 'iam:DeleteAccessKey']);
  });

  it('without credentials says how to get some, and offers the sandbox', async () => {
    const { code, stdout, stderr } = await labwright(['check', lab, '--region', 'us-east-1'], {
      cwd: folder.path,
    });
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr)
      .to.include('No AWS credentials were found')
      .and.to.include('--sandbox')
      .and.not.match(stackTrace);
  });

  it('without a Region says so', async () => {
    const { code, stderr } = await labwright(['check', lab], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.include('No AWS Region is set').and.not.match(stackTrace);
  });

  it('with an endpoint that does not answer judges nothing', async () => {
    const { code, stdout, stderr } = await check([lab, '--json'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    expect(code).to.equal(3);
    expect(stderr).to.include('ECONNREFUSED').and.to.include('Check the network').and.not.match(stackTrace);
    const result = resultSchema.parse(JSON.parse(stdout));
    const verdicts = result.stages.flatMap((stage) => stage.checks.map((one) => one.verdict));
    expect([...new Set(verdicts)]).to.deep.equal(['error']);
  });

  it('with a wrong secret judges nothing', async () => {
    const { code, stderr } = await check([lab], { AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(code).to.equal(3);
    expect(stderr)
      .to.include('SignatureDoesNotMatch')
      .and.to.include('The secret does not belong')
      .and.not.match(stackTrace);
  });

  it('with an unknown access key judges nothing', async () => {
    const { code, stderr } = await check([lab], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
    expect(code).to.equal(3);
    expect(stderr).to.include('AWS does not know this access key').and.not.match(stackTrace);
  });

  it('without the permission kms:DescribeKey judges what it can, and names the permission', async () => {
    await solve('key', 'table', 'data', 'user');
    const { owner } = account;
    await owner.send('iam:CreateUser', { UserName: 'grader' });
    const { output } = await owner.send('iam:CreateAccessKey', { UserName: 'grader' });
    const key = output.AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    await owner.send('iam:AttachUserPolicy', {
      UserName: 'grader',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    await owner.send('iam:PutUserPolicy', {
      UserName: 'grader',
      PolicyName: 'no-describe',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'kms:DescribeKey', Resource: '*' }],
      }),
    });
    const { code, stdout, stderr } = await check([lab, '--probe', 'key'], {
      AWS_ACCESS_KEY_ID: key.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: key.SecretAccessKey,
    });
    expect(stdout).to.include('need the permission').and.to.include('kms:DescribeKey');
    expect(stdout.match(/not judged {2}A KMS key of the right kind/)).to.not.equal(null);
    expect(stdout).to.match(/pass {2}The table is there/);
    expect(stdout + stderr).to.not.match(stackTrace);
    // Only the cleanup stage, which was not begun, may fail; nothing fails for want of the permission.
    expect(stdout.split('\ncleanup ')[0]).to.not.include('✘');
    expect([1, 3]).to.include(code);
  });

  it('ends with 3 when nothing failed but something could not be judged', async () => {
    await solve('key', 'table', 'data', 'user');
    const { code } = await check([lab, 'key', 'deny']);
    expect(code).to.equal(3);
  });

  it('tells all problems of a broken lab file with their places, and calls nobody', async () => {
    const text = await readFile(`${firstLab}lab.yaml`, 'utf8');
    const broken = text
      .replace('check: kms/key-exists', 'check: kms/key-exist')
      .replace('atLeast: 1', 'atLeast: many')
      .replace('${table.arn}', '${tabel.arn}')
      .replace('- id: deny', '- id: user')
      .replaceAll(/points: \d+/g, 'points: 0')
      .replace('    title: Clean up', '   title: Clean up');
    const file = join(folder.path, 'broken.yaml');
    await writeFile(file, broken);
    account.newCalls();
    const { code, stderr } = await check([file]);
    expect(code).to.equal(2);
    expect(stderr).to.match(
      /broken\.yaml:\d+:\d+ There is no check "kms\/key-exist"\.\n +- check: kms\/key-exist\n +\^/,
    );
    expect(stderr).to.match(/broken\.yaml:\d+:\d+ .*atLeast must be a number/);
    expect(stderr).to.match(/broken\.yaml:\d+:\d+ "\$\{tabel\.arn\}": no earlier check is called "tabel"\./);
    expect(stderr).to.match(/broken\.yaml:\d+:\d+ The stage "user" is there twice\./);
    expect(stderr).to.match(/broken\.yaml:\d+:\d+ The checks of this lab are worth zero points\./);
    expect(stderr).to.match(/broken\.yaml:\d+:4 This line is indented by 3 columns/);
    expect(stderr).to.not.match(stackTrace);
    expect(account.newCalls()).to.deep.equal([]);
  });

  it('refuses stages, names and parameters that the lab does not have', async () => {
    expect((await check([lab, 'keys'])).stderr).to.include('has no stage "keys"; its stages: key, table');
    expect((await check([lab, '--set', 'bucket=a'])).stderr).to.include(
      'has no parameter "bucket"; its parameters: alias',
    );
    expect((await check(['nope'])).stderr).to.include('There is no lab "nope"');
    expect((await check([lab, '--set', 'alias'])).stderr).to.include('name=value');
    for (const args of [[lab, 'keys'], [lab, '--set', 'bucket=a'], ['nope'], [], [lab, '--bogus']]) {
      expect((await check(args)).code, args.join(' ')).to.equal(2);
    }
  });

  it('works with other names and another Region', async function () {
    this.timeout(40_000);
    const env = { AWS_REGION: 'eu-central-1' };
    const names = ['--set', 'alias=alias/mine', '--set', 'table=my-table'];
    const inEurope = await labwright(['solve', lab, 'key', 'table', ...names, '--region', 'eu-central-1'], {
      cwd: folder.path,
      env: bareEnvironment({
        AWS_ENDPOINT_URL: account.sandbox.url,
        AWS_ACCESS_KEY_ID: account.sandbox.administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: account.sandbox.administrator.secretAccessKey,
      }),
    });
    expect(inEurope.code, inEurope.stderr).to.equal(0);
    expect((await check([lab, 'key', 'table', ...names], env)).code).to.equal(0);
    expect((await check([lab, 'key', 'table'], env)).code).to.equal(1);
  });

  it('survives a damaged history, and leaves it alone', async () => {
    await check([lab, 'key']);
    const file = join(folder.path, '.labwright', lab, 'attempts.jsonl');
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before}{"cut off`);
    const { stderr } = await check([lab, 'key']);
    expect(stderr).to.include('1 earlier attempts').and.not.match(stackTrace);
    const after = (await readFile(file, 'utf8')).split('\n');
    expect(after[1]).to.equal('{"cut off');
    expect(after.filter((line) => line.endsWith('}'))).to.have.length(2);
  });
});
