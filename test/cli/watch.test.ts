/** `labwright check --watch` and the order of stages, on the built command: in a pipe, and on a terminal of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { resultSchema } from '../../runner/result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, labwright, mainFile } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
/** util-linux's; runs a command on a terminal of its own. */
const script = '/usr/bin/script';

describe('labwright check of a whole lab, and --watch', function () {
  this.timeout(90_000);
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const started: ChildProcess[] = [];
  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await account.close();
    await folder.remove();
  });

  const solve = async (...stages: string[]) => {
    for (const stage of stages)
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  };
  const env = () => ({
    AWS_ENDPOINT_URL: account.sandbox.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: account.sandbox.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.sandbox.administrator.secretAccessKey,
  });
  const checkJson = async (...args: string[]) => {
    const { stdout, stderr } = await labwright(['check', lab.id, ...args, '--json'], {
      cwd: folder.path,
      env: env(),
    });
    expect(stdout, stderr).to.match(/^\{/);
    return resultSchema.parse(JSON.parse(stdout));
  };
  const calls = (name: string) => account.records.filter(({ call }) => call === name).length;
  const keysOfUser = async () => {
    const { output } = await account.owner.send('iam:ListAccessKeys', { UserName: params.user });
    return output.AccessKeyMetadata as unknown[];
  };
  /** A command whose output can be waited for. */
  const start = (command: string, args: readonly string[]) => {
    const child = spawn(command, args, {
      cwd: folder.path,
      env: bareEnvironment({ ...env(), TERM: 'xterm' }),
    });
    started.push(child);
    let shown = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const until = async (pattern: RegExp) => {
      for (const began = Date.now(); !pattern.test(shown); ) {
        if (Date.now() - began > 40_000) throw new Error(`${pattern} did not come:\n${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    return { child, ended, until, shown: () => shown };
  };

  describe('the order of stages', () => {
    it('stops what follows a failed stage, and makes no temporary key', async () => {
      await solve('key', 'table', 'data', 'user');
      const PolicyArn = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2';
      await account.owner.send('iam:DetachUserPolicy', { UserName: params.user, PolicyArn });
      account.newCalls();
      const { stages } = await checkJson('--probe', 'key');
      expect(stages.map(({ id, verdict }) => `${id} ${verdict}`)).to.deep.equal([
        'key pass',
        'table pass',
        'data pass',
        'user fail',
        'deny skip',
        'grant skip',
        'cleanup skip',
      ]);
      const deny = stages.find(({ id }) => id === 'deny')?.checks[0];
      expect(deny).to.include({ stoppedBy: 'user', points: 0 });
      expect(deny?.message).to.include('The stage "user" comes first');
      expect(deny?.hint).to.include(`labwright guide ${lab.id} user`);
      expect(account.newCalls()).to.not.include('iam:CreateAccessKey');

      // Asked for by its name, it is tried all the same.
      const alone = await checkJson('deny', '--probe', 'key');
      expect(alone.stages.find(({ id }) => id === 'deny')?.checks[0]?.stoppedBy).to.equal(undefined);
      expect(account.newCalls()).to.include('iam:CreateAccessKey').and.include('iam:DeleteAccessKey');
    });

    it('says one next thing to do, and since when something passes', async () => {
      await solve('key');
      const first = await checkJson();
      const { stdout } = await labwright(['check', lab.id], { cwd: folder.path, env: env() });
      expect(stdout).to.match(/✔ pass {2}A KMS key [^✔]+ passed since \d\d:\d\d UTC\n/);
      expect(stdout).to.include(`How: labwright guide ${lab.id} table\n`);
      expect(stdout).to.not.include('\u001b');
      const { passedSince } = (await checkJson()).stages[0]?.checks[0] ?? {};
      expect(passedSince)
        .to.equal(first.stages[0]?.checks[0]?.passedSince)
        .and.to.match(/^\d{4}-/);

      await account.owner.send('kms:DeleteAlias', { AliasName: params.alias });
      const [key] = (await checkJson()).stages[0]?.checks ?? [];
      expect(key).to.include({ verdict: 'fail' }).and.not.have.property('passedSince');
      expect((key?.lastPassedAt ?? '') > (passedSince ?? ''), key?.lastPassedAt).to.equal(true);
      const failed = await labwright(['check', lab.id], { cwd: folder.path, env: env() });
      expect(failed.stdout).to.include('last passed less than a minute ago');
    });
  });

  describe('--watch in a pipe', () => {
    it('prints what changes, with one temporary key, until all passes; others use the folder meanwhile', async () => {
      await solve('key', 'table', 'data', 'user');
      const args = ['check', lab.id, 'deny', 'grant', '--probe', 'key', '--watch'];
      const { ended, until, shown } = start(process.execPath, [mainFile, ...args]);
      await until(/grant .+fail/);
      expect(await keysOfUser()).to.have.length(1);
      const report = await labwright(['report', lab.id], { cwd: folder.path });
      expect(report.code, report.stderr).to.equal(0);
      await solve('grant');
      expect(await ended, shown()).to.equal(0);
      expect(shown()).to.not.include('\u001b');
      expect(shown().match(/ {2}deny {2}✔ pass/g)).to.have.length(1);
      expect(shown().match(/ {2}grant {2}✔ pass/g)).to.have.length(2);
      expect(shown().match(/Well done/g)).to.have.length(1);
      expect(calls('iam:CreateAccessKey')).to.equal(1);
      expect(calls('iam:DeleteAccessKey')).to.equal(1);
      expect(await keysOfUser()).to.deep.equal([]);
    });

    it('goes on with a new key where another check took the first one back', async () => {
      await solve('key', 'table', 'data', 'user');
      const args = ['check', lab.id, 'deny', 'grant', '--probe', 'key', '--watch'];
      const { ended, until, shown } = start(process.execPath, [mainFile, ...args]);
      await until(/grant .+fail/);
      const other = await labwright(['check', lab.id, 'key', '--probe', 'key'], {
        cwd: folder.path,
        env: env(),
      });
      expect(other.stderr).to.include('Removed the temporary access key');
      await solve('grant');
      expect(await ended, shown()).to.equal(0);
      expect(await keysOfUser()).to.deep.equal([]);
    });

    it('is ended by Ctrl-C with the code of its last check, keeps one attempt of what stayed the same, and no key', async () => {
      await solve('key', 'table', 'data', 'user');
      const args = ['check', lab.id, 'grant', '--probe', 'key', '--watch'];
      const { child, ended, until } = start(process.execPath, [mainFile, ...args]);
      await until(/grant .+fail/);
      const before = calls('sts:GetCallerIdentity');
      for (
        const began = Date.now();
        calls('sts:GetCallerIdentity') === before && Date.now() - began < 30_000;
      )
        await new Promise((resolve) => setTimeout(resolve, 100));
      // The second check has begun; what it sees is the same.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      child.kill('SIGINT');
      expect(await ended).to.equal(1);
      expect(await keysOfUser()).to.deep.equal([]);
      const history = await readFile(join(folder.path, '.labwright', lab.id, 'attempts.jsonl'), 'utf8');
      expect(history.trimEnd().split('\n')).to.have.length(1);
    });

    it('is not for JSON', async () => {
      const { code, stderr } = await labwright(['check', lab.id, '--watch', '--json'], { cwd: folder.path });
      expect(code).to.equal(2);
      expect(stderr).to.include("cannot be used with option '--watch'");
    });
  });

  describe('--watch on a terminal', () => {
    before(function () {
      if (!existsSync(script)) this.skip();
    });
    const onTerminal = (...args: string[]) => {
      const command = `${process.execPath} ${mainFile} check ${lab.id} ${args.join(' ')} --watch`;
      return start(script, [
        '-qec',
        `stty cols 60 rows 40; stty -g; ${command}; code=$?; stty -g; exit $code`,
        '/dev/null',
      ]);
    };
    const modes = (shown: string) => shown.match(/[\da-f]+(?::[\da-f]+){10,}/g);

    it('checks again on r, quits on q with the code of the last check, and leaves the terminal as it was', async () => {
      await solve('key');
      const { child, ended, until, shown } = onTerminal('key', 'table');
      await until(/again in 5 s/);
      const before = calls('kms:DescribeKey');
      child.stdin.write('r');
      for (const began = Date.now(); calls('kms:DescribeKey') === before && Date.now() - began < 4000; )
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(calls('kms:DescribeKey')).to.be.above(before);
      child.stdin.write('q');
      expect(await ended, shown()).to.equal(1);
      const [begun, over] = modes(shown()) ?? [];
      expect(over).to.be.a('string').and.equal(begun);
      expect(shown().lastIndexOf('\u001b[?25h')).to.be.above(shown().lastIndexOf('\u001b[?25l'));
    });

    it('cheers once when all passes', async () => {
      await solve('key');
      const { ended, until, shown } = onTerminal('key', 'table');
      await until(/again in 5 s/);
      await solve('table');
      expect(await ended, shown()).to.equal(0);
      expect(shown().match(/These stages pass. Well done./g)).to.have.length(1);
    });

    it('leaves no key when Ctrl-C ends it', async () => {
      await solve('key', 'table', 'data', 'user');
      const { child, ended, until, shown } = onTerminal('grant', '--probe', 'key');
      await until(/again in 5 s/);
      expect(await keysOfUser()).to.have.length(1);
      child.stdin.write('\u0003');
      expect(await ended, shown()).to.equal(1);
      expect(await keysOfUser()).to.deep.equal([]);
    });
  });
});
