/** What can happen around a run: two at once, a closed terminal, a full disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { resultSchema } from '../../runner/result.ts';
import { bareEnvironment, labwright, mainFile, type Ran } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('around a run', function () {
  this.timeout(60_000);
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let env: Record<string, string>;

  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    const { url, administrator } = account.sandbox;
    env = {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    };
    const solved = await run(['solve', lab, 'key', 'table', 'data', 'user']);
    expect(solved.code, solved.stderr).to.equal(0);
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const run = (args: readonly string[]): Promise<Ran> => labwright(args, { cwd: folder.path, env });
  const state = () => join(folder.path, '.labwright', lab);
  const attempts = async () =>
    (await readFile(join(state(), 'attempts.jsonl'), 'utf8')).split('\n').filter(Boolean);
  const keysLeft = async () => {
    const { output } = await account.owner.send('iam:ListAccessKeys', { UserName: 'nextwork-kms-user' });
    return output.AccessKeyMetadata;
  };

  it('of two checks in one folder the second waits: both are kept, and no key is lost', async () => {
    const check = () => run(['check', lab, 'key', 'table', 'data', 'user', 'deny', '--probe', 'key']);
    const both = await Promise.all([check(), check()]);
    for (const { code, stdout } of both) expect(code, stdout).to.equal(0);
    expect(both.map(({ stderr }) => stderr).join()).to.match(/Another check \(process \d+\) is running/);
    expect((await attempts()).map((line) => typeof JSON.parse(line))).to.deep.equal(['object', 'object']);
    expect(await keysLeft()).to.deep.equal([]);
    expect(await readdir(state())).to.have.members(['attempts.jsonl', 'recordings']);
  });

  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT'] as const) {
    it(`at ${signal} ends in order: the temporary key is deleted, and the run is not kept`, async function () {
      if (process.platform === 'win32') this.skip();
      account.sandbox.setWeather({ latencyMs: 150 });
      const child = spawn(process.execPath, [mainFile, 'check', lab, '--probe', 'key'], {
        cwd: folder.path,
        env: bareEnvironment(env),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(child, 'exit');
      while (!account.records.some(({ call }) => call === 'iam:CreateAccessKey')) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // As when the terminal is gone: nobody reads any more.
      child.stderr.destroy();
      child.kill(signal);
      expect((await ended)[0]).to.equal(130);
      expect(await keysLeft()).to.deep.equal([]);
      expect(await readdir(state())).to.deep.equal([]);
    });
  }

  for (const [status, code, message, said] of [
    [403, 'ExpiredToken', 'The security token included in the request is expired', 'aws sso login'],
    [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.', 'not enabled'],
    [400, 'RequestExpired', 'Request has expired.', "This machine's clock"],
  ] as const) {
    it(`tells what to do about ${code}, and judges nothing`, async () => {
      const server = createServer((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/xml' });
        response.end(
          `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
        );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const { code: exitCode, stderr } = await labwright(['check', lab], {
        cwd: folder.path,
        env: { ...env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
      });
      server.close();
      expect(stderr).to.include(`was answered with ${code}: ${message}`).and.to.include(said);
      expect(exitCode).to.equal(3);
    });
  }

  it('shows and keeps nothing of what would let somebody act as the learner', async () => {
    const token = `IQoJ${'b3JpZ2luX2Vj'.repeat(30)}`;
    const server = createServer((request, response) => {
      // What AWS answers to a signature that does not fit: the request as it was understood, headers included.
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}:${value}`);
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The Canonical String for this request should have been '${headers.join('\n')}'</Message></Error></ErrorResponse>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { stdout, stderr } = await labwright(['check', lab, '--json'], {
      cwd: folder.path,
      env: { ...env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_SESSION_TOKEN: token },
    });
    server.close();
    expect(stderr).to.include('SignatureDoesNotMatch').and.to.include('does not belong to the access key');
    expect(stdout + stderr)
      .to.include('(removed)')
      .and.not.include(token.slice(0, 60));
    expect(stdout + stderr).to.not.match(/Signature=[0-9a-f]{8}/);
  });

  it('says of a profile for the trial that gives no credentials which one it is', async () => {
    const config = join(folder.path, 'aws-config');
    await writeFile(config, '[profile tester]\nregion = us-east-1\n');
    const { code, stdout } = await labwright(['check', lab, 'deny', '--probe', 'profile:tester'], {
      cwd: folder.path,
      env: { ...env, AWS_CONFIG_FILE: config },
    });
    expect(code).to.equal(3);
    expect(stdout).to.include('was not made').and.to.include('`tester`').and.not.include('was answered with');
  });

  it('with a full disk still shows what was judged, says that it is not kept, and harms nothing', async function () {
    if (process.platform === 'win32') this.skip();
    await run(['check', lab, 'key']);
    const before = await attempts();
    // No file may grow beyond some blocks: writing fails half-way, as on a disk that is full.
    const child = spawn(
      'bash',
      ['-c', `ulimit -f 8; exec "$0" "$@"`, process.execPath, mainFile, 'check', lab, '--json'],
      {
        cwd: folder.path,
        env: bareEnvironment(env),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(stderr)
      .to.include('This run could not be kept: EFBIG')
      .and.not.match(/\n\s+at /);
    const result = resultSchema.parse(JSON.parse(stdout));
    expect(result.stages.slice(0, 4).map(({ verdict }) => verdict)).to.deep.equal(Array(4).fill('pass'));
    expect(code).to.equal(1);
    expect(await attempts()).to.deep.equal(before);
  });
});
