import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { labwright } from '../support/labwright.ts';
import { runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('the command line', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  it('explains itself', async () => {
    const { code, stdout } = await labwright(['--help']);
    expect(code).to.equal(0);
    const names = [
      'demo',
      'labs',
      'guide',
      'answer',
      'import',
      'check',
      'doctor',
      'explain',
      'report',
      'sandbox',
      'solve',
      'clean',
      'role',
      'keygen',
      'verify-result',
      'lint',
      'verify',
      'docs',
    ];
    for (const name of names) expect(stdout).to.include(`  ${name} `);
    for (const name of names) {
      const help = await labwright([name, '--help']);
      expect(help.code, name).to.equal(0);
      expect(help.stdout).to.include(`Usage: labwright ${name}`);
    }
  });

  it('answers wrong usage with 2', async () => {
    for (const args of [
      ['bogus'],
      ['check'],
      ['report', 'nope'],
      ['sandbox', '--port', 'x'],
      ['sandbox', '--policies-delay', '4'],
      ['demo', '--bogus'],
    ]) {
      const { code, stderr } = await labwright(args, { cwd: folder.path });
      expect(code, args.join(' ')).to.equal(2);
      expect(stderr).to.not.equal('');
    }
  });

  it('lists the labs, also as JSON', async () => {
    expect((await labwright(['labs'])).stdout)
      .to.include(lab)
      .and.to.include('100 points');
    const rows: unknown = JSON.parse((await labwright(['labs', '--json'])).stdout);
    expect(rows).to.have.nested.property('labs[0].id', lab);
  });

  it('has nothing to report before a check, and says so', async () => {
    const { code, stderr } = await labwright(['report', lab], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.include('Nothing was checked yet');
  });

  it('says when a report cannot be written', async () => {
    await writeFile(join(folder.path, 'taken'), '');
    const { code, stderr } = await labwright(['demo', '--out', 'taken/here'], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.not.match(/\n\s+at /);
  });

  it('says what is wrong with answers that cannot be read', async () => {
    await mkdir(join(folder.path, '.labwright', lab), { recursive: true });
    await writeFile(join(folder.path, '.labwright', lab, 'answers.yaml'), 'goal: [1\n');
    const { code, stderr } = await labwright(['check', lab, '--region', 'us-east-1'], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr)
      .to.include('answers.yaml')
      .and.to.not.match(/\n\s+at /);
  });

  it('solves nothing in a live account without --live', async () => {
    const { code, stderr } = await labwright(['solve', lab, '--region', 'us-east-1'], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.include('--live');
  });

  it('runs a sandbox that other commands find, and stops it at Ctrl-C', async function () {
    this.timeout(30_000);
    const sandbox = await runSandbox();
    try {
      const place = ['--sandbox', '--endpoint-url', sandbox.url];
      expect((await labwright(['solve', lab, 'key', ...place], { cwd: folder.path })).code).to.equal(0);
      const other = await temporaryFolder();
      const { code, stdout } = await labwright(['check', lab, 'key', ...place], { cwd: other.path });
      await other.remove();
      expect(code, stdout).to.equal(0);
      expect(sandbox.log()).to.include('kms:CreateKey');
      expect(sandbox.log()).to.not.include(sandbox.env.AWS_SECRET_ACCESS_KEY ?? 'none');
    } finally {
      expect(await sandbox.stop()).to.equal(0);
    }
    const gone = await labwright(['check', lab, '--sandbox', '--endpoint-url', sandbox.url], {
      cwd: folder.path,
    });
    expect(gone.code).to.equal(2);
    expect(gone.stderr).to.include('No sandbox answers');
  });

  it('runs a sandbox at AWS’s own pace, but for what is asked for otherwise', async () => {
    const sandbox = await runSandbox(['--port', '0', '--realistic', '--access-keys-delay', '0']);
    try {
      const clients = (accessKeyId = '', secretAccessKey = '') => {
        const credentials = { accessKeyId, secretAccessKey };
        const config = { endpoint: sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 };
        return { iam: new IAM(config), kms: new KMS(config) };
      };
      const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = sandbox.env;
      const { iam, kms: adminKms } = clients(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY);
      await iam.createUser({ UserName: 'ann' });
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await iam.attachUserPolicy({ UserName: 'ann', PolicyArn });
      const { AccessKey } = await iam.createAccessKey({ UserName: 'ann' });
      const { kms } = clients(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
      const refused = await kms.listKeys({}).catch((error: Error) => error.name);
      expect(refused, 'the key is known, its user’s policy not yet').to.equal('AccessDeniedException');
      const made = await Promise.allSettled(Array.from({ length: 50 }, () => adminKms.createKey({})));
      expect(
        made.map(({ status }) => status),
        'five a second',
      ).to.include('rejected');
    } finally {
      await sandbox.stop();
    }
  });

  it('tells the administrator’s key to nobody who comes under another host name', async () => {
    const sandbox = await runSandbox();
    try {
      const { request } = await import('node:http');
      const status = await new Promise((resolve, reject) => {
        const { hostname, port } = new URL(sandbox.url);
        const asked = request({
          hostname,
          port,
          path: '/labwright/administrator',
          headers: { host: 'evil.example' },
        });
        asked
          .once('response', (response) => resolve(response.statusCode))
          .once('error', reject)
          .end();
      });
      expect(status).to.equal(403);
    } finally {
      await sandbox.stop();
    }
  });

  it('prints what PowerShell and the AWS configuration take, and logs as asked', async () => {
    for (const [form, expected] of [
      ['powershell', /^\$Env:AWS_ENDPOINT_URL = 'http:\/\/127\.0\.0\.1:\d+'$/m],
      ['profile', /^\[profile sandbox\]\nendpoint_url = http:/m],
    ] as const) {
      const sandbox = await runSandbox(['--port', '0', '--for', form], expected);
      expect(await sandbox.stop()).to.equal(0);
    }
    const sandbox = await runSandbox(['--port', '0', '--log', 'json']);
    await labwright(['solve', lab, 'key', '--endpoint-url', sandbox.url], { env: sandbox.env });
    await sandbox.stop();
    const records = sandbox
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(JSON.parse(records[0] ?? '')).to.include({ call: 'sts:GetCallerIdentity', status: 200 });
  });

  it('listens beyond loopback only when asked, and warns', async () => {
    const sandbox = await runSandbox(['--port', '0', '--host', '0.0.0.0']);
    await sandbox.stop();
    expect(sandbox.log()).to.include('on the network reaches this sandbox');
    const { code, stderr } = await labwright(['sandbox', '--port', '0', '--host', '192.0.2.1']);
    expect(code).to.equal(2);
    expect(stderr).to.include('no address 192.0.2.1');
  });

  it('says when the port is taken', async () => {
    const sandbox = await runSandbox();
    try {
      const { code, stderr } = await labwright(['sandbox', '--port', new URL(sandbox.url).port]);
      expect(code).to.equal(2);
      expect(stderr).to.include('is taken');
    } finally {
      await sandbox.stop();
    }
  });
});
