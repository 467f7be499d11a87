/** Folders that cannot be used, and disks that cannot be written: what the built command says. */
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { ClassicLevel } from 'classic-level';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { bareEnvironment, labwright, mainFile } from '../../support/labwright.ts';
import { runSandbox } from '../../support/running-sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { refusal } from '../refusal.ts';

describe('a data folder', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let data: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    data = join(folder.path, 'account');
  });
  afterEach(() => folder.remove());

  async function makeAccount(): Promise<void> {
    const sandbox = await startSandbox({ data });
    await sandbox.close();
  }

  /** What the command says of the folder, which must be one message and no stack. */
  async function saidOf(path: string): Promise<string> {
    const { code, stdout, stderr } = await labwright(['sandbox', '--port', '0', '--data', path]);
    expect(stdout).to.equal('');
    expect(stderr).to.not.match(/^\s+at /m);
    expect(code).to.equal(2);
    return stderr;
  }

  it('is made for its owner only, also when it is there and empty', async () => {
    await mkdir(data, { mode: 0o755 });
    await makeAccount();
    expect((await stat(data)).mode & 0o777).to.equal(0o700);
    data = join(folder.path, 'deep', 'account');
    await makeAccount();
    expect((await stat(data)).mode & 0o777).to.equal(0o700);
  });

  it('is had by one process at a time', async () => {
    const first = await runSandbox(['--port', '0', '--data', data]);
    try {
      expect(await saidOf(data))
        .to.include(data)
        .and.include('Another sandbox is using it.');
    } finally {
      expect(await first.stop()).to.equal(0);
    }
    expect(first.log()).to.include(`Everything is kept in ${data}.`);
    await makeAccount();
  });

  it('is free again when the sandbox could not listen', async () => {
    const first = await runSandbox();
    try {
      const { code } = await labwright(['sandbox', '--port', new URL(first.url).port, '--data', data]);
      expect(code).to.equal(2);
      await makeAccount();
    } finally {
      await first.stop();
    }
  });

  it('draws another account id for each folder, and keeps it', async () => {
    const idOf = (log: string) => /account (\d{12})/.exec(log)?.[1];
    const ids: (string | undefined)[] = [];
    for (const path of [data, data, join(folder.path, 'other')]) {
      const sandbox = await runSandbox(['--port', '0', '--data', path]);
      await sandbox.stop();
      ids.push(idOf(sandbox.log()));
    }
    expect(ids[0])
      .to.match(/^\d{12}$/)
      .and.to.equal(ids[1]);
    expect(ids[2])
      .to.match(/^\d{12}$/)
      .and.to.not.equal(ids[0]);
  });

  it('is refused when it holds something else', async () => {
    await mkdir(data);
    await writeFile(join(data, 'thesis.txt'), 'mine');
    expect(await saidOf(data)).to.include('It holds other things than a sandbox puts there');
    expect(await readdir(data)).to.deep.equal(['thesis.txt']);
  });

  it('is refused when it is the database of another program', async () => {
    const level = new ClassicLevel(data);
    await level.put('name', 'value');
    await level.close();
    expect(await saidOf(data)).to.include('It holds other things than a sandbox puts there');
  });

  it('is refused when it is of another format', async () => {
    await makeAccount();
    const level = new ClassicLevel(data);
    await level.put('format', '{"version":99}');
    await level.close();
    expect(await saidOf(data)).to.include('Another version of Labwright wrote it.');
  });

  it('is refused when a record in it cannot be read', async () => {
    await makeAccount();
    const level = new ClassicLevel(data);
    for await (const key of level.keys({ gte: '123456789012/iam/', limit: 1 }))
      await level.put(key, 'not a record');
    await level.close();
    expect(await saidOf(data)).to.include('Its files are damaged');
  });

  it('is refused when its files are damaged or missing', async () => {
    await makeAccount();
    const copy = join(folder.path, 'copy');
    await cp(data, copy, { recursive: true });
    await writeFile(join(data, 'CURRENT'), 'MANIFEST');
    expect(await saidOf(data)).to.include('Its files are damaged');
    await rm(join(copy, 'CURRENT'));
    expect(await saidOf(copy)).to.include('some of its files are missing');
  });

  it('may be one that was left while it was being made', async () => {
    await mkdir(data);
    await writeFile(join(data, 'LOCK'), '');
    await writeFile(join(data, 'MANIFEST-000001'), '');
    await makeAccount();
  });

  it('is refused when it is a file', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    expect(await saidOf(file))
      .to.include(file)
      .and.match(/EEXIST|ENOTDIR|not a directory/i);
  });

  it('is refused when its owner does not let us in', async function () {
    // Nothing is forbidden to root.
    if (process.getuid?.() === 0) return this.skip();
    await mkdir(data, { mode: 0o500 });
    expect(await saidOf(join(data, 'inside'))).to.match(/permission denied/i);
    await chmod(data, 0o700);
  });

  it('answers with HTTP 500 while the disk refuses to write, tells the owner, and loses nothing', async function () {
    if (process.platform === 'win32') return this.skip();
    // Files may have 256 KB: LevelDB's log cannot grow beyond, as on a disk that is full.
    const limited = `ulimit -f ${process.platform === 'darwin' ? 512 : 256}; exec "$0" "$@"`;
    const command = [process.execPath, mainFile, 'sandbox', '--port', '0', '--log', 'none', '--data', data];
    const child = spawn('bash', ['-c', limited, ...command], { env: bareEnvironment() });
    let stdout = '';
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (/AWS_DEFAULT_REGION/.test(stdout)) resolve();
      });
    });
    const exported = (name: string) => new RegExp(`^export ${name}=(.+)$`, 'm').exec(stdout)?.[1] ?? '';
    const credentials = {
      accessKeyId: exported('AWS_ACCESS_KEY_ID'),
      secretAccessKey: exported('AWS_SECRET_ACCESS_KEY'),
    };
    const config = { region: 'us-east-1', credentials, maxAttempts: 1 };
    const dynamodb = new DynamoDB({ ...config, endpoint: exported('AWS_ENDPOINT_URL') });
    await dynamodb.createTable({
      TableName: 'notes',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const written: string[] = [];
    const put = (id: string) =>
      dynamodb.putItem({ TableName: 'notes', Item: { id: { S: id }, text: { S: 'x'.repeat(20_000) } } });
    let refused: { name: string; message: string } | undefined;
    for (let count = 0; !refused && count < 100; count++) {
      const id = String(count).padStart(3, '0');
      const putting = put(id);
      await putting.then(() => written.push(id)).catch(() => {});
      refused = await refusal(putting).catch(() => undefined);
    }
    expect(refused?.name).to.equal('InternalFailure');
    expect(refused?.message).to.include('could not write to the disk').and.include(data);
    expect(refused?.message).to.include('File too large');
    expect(stderr).to.include('could not write to the disk');
    // LevelDB has begun another file, so there is room again.
    await put('after');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));

    const sandbox = await startSandbox({ data });
    try {
      const again = new DynamoDB({ ...config, endpoint: sandbox.url });
      const { Items } = await again.scan({ TableName: 'notes' });
      const ids = Items?.map(({ id }) => id?.S);
      expect(written.length).to.be.greaterThan(5);
      expect(ids).to.include.members([...written, 'after']);
    } finally {
      await sandbox.close();
    }
  });
});
