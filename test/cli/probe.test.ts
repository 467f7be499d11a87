/** The ways to judge what the test user may do, on the built command: asked for, by profile, from history, by reasoning. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { type CheckResult, resultSchema } from '../../runner/result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, labwright, mainFile } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const UserName = params.user ?? '';
/** util-linux's; runs a command on a terminal of its own. */
const script = '/usr/bin/script';

describe('labwright check --probe', function () {
  this.timeout(60_000);
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    await solve('key', 'table', 'data', 'user');
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const solve = async (...stages: string[]) => {
    for (const stage of stages)
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  };
  const environment = () =>
    bareEnvironment({
      AWS_ENDPOINT_URL: account.sandbox.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: account.sandbox.administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.sandbox.administrator.secretAccessKey,
      AWS_SHARED_CREDENTIALS_FILE: join(folder.path, 'credentials'),
    });
  /** The finding about the user's read in a stage, of a check of some stages. */
  const finding = async (stage: 'deny' | 'grant', ...args: string[]): Promise<CheckResult> => {
    const { stdout, stderr } = await labwright(['check', lab.id, ...args, '--json'], {
      cwd: folder.path,
      env: environment(),
    });
    expect(stdout, stderr).to.match(/^\{/);
    const result = resultSchema.parse(JSON.parse(stdout));
    const found = result.stages
      .find(({ id }) => id === stage)
      ?.checks.find(
        ({ check }) => check === (stage === 'deny' ? 'access/read-denied' : 'access/read-allowed'),
      );
    if (!found) throw new Error(`There is no finding in ${stage}.`);
    return found;
  };
  /** The test user reads the table with a key of its own, as a learner does in a private window. */
  const readAsUser = async () => {
    const key = accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName }));
    const read = account.callerFor(key).send('dynamodb:Scan', { TableName: params.table });
    const outcome = await read.then(
      () => 'read',
      ({ code }: { code: string }) => code,
    );
    return { key, outcome };
  };
  const keysOfUser = async () => {
    const { output } = await account.owner.send('iam:ListAccessKeys', { UserName });
    return output.AccessKeyMetadata as unknown[];
  };

  describe('without a choice, on a terminal', () => {
    const onTerminal = async (answer: string) => {
      const command = `${process.execPath} ${mainFile} check ${lab.id} deny --no-color`;
      const child = spawn(script, ['-qec', command, '/dev/null'], { cwd: folder.path, env: environment() });
      let shown = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!/\[y\/N\]/.test(shown) && /\[y\/N\]/.test(shown + text)) child.stdin.write(answer);
        shown += text;
      });
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { code, shown };
    };
    before(function () {
      if (!existsSync(script)) this.skip();
    });

    it('asks before it makes a key, and deletes it', async () => {
      const { code, shown } = await onTerminal('y\r');
      expect(shown).to.include(`To see what ${UserName} may do, a temporary access key`);
      expect(code, shown).to.equal(0);
      expect(account.records.map(({ call }) => call)).to.include('iam:DeleteAccessKey');
      expect(await keysOfUser()).to.deep.equal([]);
    });

    it('makes none for those who say no, and tells of the other ways', async () => {
      const { code, shown } = await onTerminal('n\r');
      expect(code, shown).to.equal(3);
      expect(shown).to.include('did not agree').and.to.include('--probe');
      expect(account.records.map(({ call }) => call)).to.not.include('iam:CreateAccessKey');
    });

    it('makes none when Ctrl-C is the answer', async () => {
      const { code, shown } = await onTerminal('\u0003');
      expect(code, shown).to.be.above(0);
      expect(account.records.map(({ call }) => call)).to.not.include('iam:CreateAccessKey');
    });
  });

  describe('profile:NAME', () => {
    const writeProfile = ({
      accessKeyId,
      secretAccessKey,
    }: {
      accessKeyId: string;
      secretAccessKey: string;
    }) =>
      writeFile(
        join(folder.path, 'credentials'),
        `[tester]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );

    it('tries with the credentials of the profile, and makes nothing', async () => {
      const { key, outcome } = await readAsUser();
      expect(outcome).to.equal('AccessDeniedException');
      await writeProfile(key);
      account.newCalls();
      expect(await finding('deny', 'deny', '--probe', 'profile:tester')).to.include({
        verdict: 'pass',
        basis: 'observed',
      });
      expect(account.newCalls()).to.not.include('iam:CreateAccessKey');
      await solve('grant');
      expect(await finding('grant', 'grant', '--probe', 'profile:tester')).to.include({
        verdict: 'pass',
        basis: 'observed',
      });
    });

    it('says whose the profile is when it is not the user’s', async () => {
      await writeProfile(account.sandbox.administrator);
      const { verdict, message } = await finding('deny', 'deny', '--probe', 'profile:tester');
      expect(verdict).to.equal('error');
      expect(message).to.include('The profile tester belongs to').and.to.include('user/administrator');
    });
  });

  describe('history', () => {
    it('finds the refusal before the grant, and the read after it', async () => {
      await readAsUser();
      await solve('grant');
      expect((await readAsUser()).outcome).to.equal('read');
      account.newCalls();
      const deny = await finding('deny', '--probe', 'history');
      expect(deny).to.include({ verdict: 'pass', basis: 'history', points: 25 });
      expect(deny.message)
        .to.include('CloudTrail recorded')
        .and.to.include('no identity-based policy allows');
      expect(await finding('grant', '--probe', 'history')).to.include({ verdict: 'pass', basis: 'history' });
      expect(account.newCalls().filter((call) => /:(Create|Put|Delete)/.test(call))).to.deep.equal([]);
    });

    it('does not know what is not there', async () => {
      const { verdict, message, hint } = await finding('deny', 'deny', '--probe', 'history');
      expect(verdict).to.equal('error');
      expect(message).to.include('no refusal');
      expect(hint).to.include('quarter of an hour');
    });
  });

  describe('reason', () => {
    it('passes the grant, which the lab accepts by reasoning, and leaves the denial open, which has to be seen', async () => {
      await solve('grant');
      expect(await finding('grant', 'grant', '--probe', 'reason')).to.include({
        verdict: 'pass',
        basis: 'reasoned',
      });
      const { verdict, message } = await finding('deny', 'deny', '--probe', 'reason');
      expect(verdict).to.equal('error');
      expect(message).to.include('the lab does not accept it');
    });
  });
});
