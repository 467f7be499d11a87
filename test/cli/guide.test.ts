/** `labwright guide`, as a learner runs it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Guide } from '../../reports/guide-content.ts';
import { labwright } from '../support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright guide', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const guide = (args: string[], env: Record<string, string> = {}) =>
    labwright(['guide', lab, ...args], { cwd: folder.path, env });
  const guideJson = async (args: string[] = []): Promise<Guide> =>
    JSON.parse((await guide(['--json', ...args])).stdout) as Guide;

  it('begins with the first stage, its steps, checks, questions, costs and the next command', async () => {
    const { code, stdout, stderr } = await guide([]);
    expect(code, stderr).to.equal(0);
    for (const part of [
      'Not checked yet.',
      'Stage 1 of 7: Create a KMS key',
      'In the console',
      'Key Management Service (https://console.aws.amazon.com/kms/home)',
      'aws kms create-alias --alias-name alias/nextwork-kms-key --target-key-id "$key_id"',
      'A KMS key of the right kind answers to the alias (10 points)',
      '(what-is-encryption)',
      'What it costs',
      'To clean up at any time: labwright guide encrypt-data-with-kms cleanup',
      `    labwright check ${lab} key\n`,
    ])
      expect(stdout).to.include(part);
    expect(stdout).to.not.match(/\$\{|(?!\n)\p{Cc}/u);
    const prose = stdout.split('\n').filter((line) => !/^ {4,}(?:aws|key_id=)/.test(line));
    expect(Math.max(...prose.map((line) => line.length))).to.be.at.most(80);
  });

  it('shows the stage that is named, and of an unknown one those that there are', async () => {
    expect((await guide(['cleanup'])).stdout)
      .to.include('Stage 7 of 7: Clean up')
      .and.to.not.include('To clean up at any time');
    const { code, stdout, stderr } = await guide(['clean']);
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('no stage "clean"').and.to.include('grant, cleanup');
  });

  it('fills in chosen names, quoted where a shell would read them otherwise', async () => {
    const { stdout } = await guide(['deny', '--set', 'user=a=b@example.com', '--set', 'table=my.table']);
    expect(stdout)
      .to.include('aws dynamodb scan --table-name my.table')
      .and.to.include(
        'labwright check encrypt-data-with-kms deny --set table=my.table --set user=a=b@example.com',
      );
    const unknown = await guide(['--set', 'tabel=x']);
    expect(unknown.code).to.equal(2);
    expect(unknown.stderr).to.include('no parameter "tabel"');
    const dangerous = await guide(['deny', '--set', 'user=$(reboot)']);
    expect(dangerous.stdout)
      .to.include("aws iam create-access-key --user-name '$(reboot)' \\")
      .and.to.include("--set 'user=$(reboot)'");
    const impossible = await guide(['--set', 'alias=mine']);
    expect(impossible.code).to.equal(2);
    expect(impossible.stderr).to.include('does not do as alias');
  });

  it('shows the whole lab with --all, in colours and with links where a terminal has them', async () => {
    const { stdout } = await guide(['--all']);
    for (let stage = 1; stage <= 7; stage++) expect(stdout).to.include(`Stage ${stage} of 7`);
    expect(stdout).to.include('Questions about the whole lab');
    const coloured = await guide(['--all'], { FORCE_COLOR: '1', FORCE_HYPERLINK: '1' });
    expect(coloured.stdout).to.include('\u001b[');
    // A link is for a terminal; into a pipe goes its address.
    expect(coloured.stdout).to.not.include('\u001b]8;;');
    expect(stripVTControlCharacters(coloured.stdout)).to.include('Stage 7 of 7');
    expect((await guide(['--all', '--no-color'], { FORCE_COLOR: '1' })).stdout).to.equal(stdout);
  });

  it('writes the whole lab as a page', async () => {
    const { code, stdout } = await guide(['--html', 'guide.html', '--set', 'alias=alias/mine']);
    expect(code).to.equal(0);
    expect(stdout).to.equal('guide.html\n');
    const page = await readFile(join(folder.path, 'guide.html'), 'utf8');
    expect(page).to.include('--alias-name alias/mine').and.to.not.include('${');
    const refused = await guide(['--html', 'no/such/folder/guide.html']);
    expect(refused.code).to.equal(2);
    expect(refused.stderr)
      .to.include('could not be written')
      .and.to.not.match(/\n\s+at /);
    expect((await guide(['--html', 'guide.html', '--json'])).code).to.equal(2);
    expect((await guide(['key', '--html', 'guide.html'])).code).to.equal(2);
  });

  it('gives everything as JSON', async () => {
    const made = await guideJson();
    expect(made).to.include({ schema: 'labwright/guide/v1', stage: 'key', cleanUp: 'cleanup' });
    expect(made.stages.map(({ id }) => id)).to.deep.equal([
      'key',
      'table',
      'data',
      'user',
      'deny',
      'grant',
      'cleanup',
    ]);
    expect(made.score).to.deep.equal({ points: 0, max: 100 });
    expect(made.stages[0]).to.not.have.property('verdict');
    expect(JSON.stringify(made)).to.not.include('${');
  });

  it('lets nothing into the terminal that a history was tampered with to hold', async () => {
    const state = join(folder.path, '.labwright', lab);
    await mkdir(state, { recursive: true });
    const attempt = {
      schema: 'labwright/attempt/v1',
      id: 'x',
      lab: { id: lab, digest: '' },
      account: { id: '123456789012', arn: 'arn', region: 'us-east-1', kind: 'live' },
      params: { user: 'x\u001b]0;gone\u0007`; reboot', other: 'y' },
      chosen: [],
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:00Z',
      findings: {},
    };
    await writeFile(join(state, 'attempts.jsonl'), `${JSON.stringify(attempt)}\nnot JSON\n`);
    const { stdout, stderr } = await guide([]);
    expect(stdout + stderr).to.not.match(/(?!\n)\p{Cc}/u);
    expect(stderr).to.include('1 earlier attempts');
  });

  describe('after a check', () => {
    let sandbox: RunningSandbox;
    before(async () => {
      sandbox = await runSandbox();
    });
    after(() => sandbox.stop());

    it('goes on where the lab is open, with the names of the last check', async () => {
      const place = ['--endpoint-url', sandbox.url];
      const run = (args: string[]) => labwright(args, { cwd: folder.path, env: sandbox.env });
      const names = ['--set', 'alias=alias/mine', '--set', 'table=notes'];
      await run(['solve', lab, 'key', ...names, ...place]);
      await run(['check', lab, 'key', 'table', ...names, ...place]);
      await writeFile(
        join(folder.path, '.labwright', lab, 'answers.yaml'),
        'what-is-dynamodb: A database.\n',
      );

      const made = await guideJson();
      expect(made.stage).to.equal('table');
      expect(made.score.points).to.equal(15);
      expect(made.stages.map(({ verdict }) => verdict).slice(0, 3)).to.deep.equal([
        'pass',
        'fail',
        undefined,
      ]);
      const { stdout } = await guide([]);
      expect(stdout)
        .to.include('Stage 2 of 7')
        .and.to.include('15/100 points when last checked')
        .and.to.include('aws dynamodb create-table --table-name notes')
        .and.to.include('✔ answered  What is DynamoDB good for?')
        .and.to.include(`labwright check ${lab} table --set alias=alias/mine --set table=notes`);

      const others = await guideJson(['--set', 'table=elsewhere']);
      expect(others.stage, 'other names are other work').to.equal('key');
    });

    it('ends with the write-up when everything passed', async () => {
      const env = { ...sandbox.env };
      const run = (args: string[]) => labwright(args, { cwd: folder.path, env });
      const place = ['--endpoint-url', sandbox.url];
      for (const stages of [['key', 'table', 'data', 'user'], ['grant'], ['cleanup']]) {
        await run(['solve', lab, ...stages, ...place]);
        await run(['check', lab, '--probe', 'key', ...place]);
      }
      const { stdout } = await guide([]);
      expect(stdout).to.include('100/100 points').and.to.include(`labwright report ${lab}`);
      expect(await guideJson()).to.not.have.property('stage');
    });
  });
});
