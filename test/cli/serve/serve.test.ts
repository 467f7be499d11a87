/** `labwright serve`: what its server does, asked as a browser asks. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { runningSandbox } from '../../../cli/sandbox/running-sandbox.ts';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import { attemptSchema } from '../../../runner/state/attempt.ts';
import { StateFolder } from '../../../runner/state/state-folder.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { firstLab } from '../../support/labs.ts';
import { labwright } from '../../support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { type RunningServe, runServe } from '../../support/running-serve.ts';
import { ServeClient } from '../../support/serve-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';
const user = 'nextwork-kms-user';

describe('labwright serve', function () {
  this.timeout(90_000);
  let sandbox: RunningSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let serve: RunningServe | undefined;
  let tab: ServeClient;

  beforeEach(async () => {
    folder = await temporaryFolder();
    sandbox = await runSandbox(['--port', '0', '--log', 'json']);
  });
  afterEach(async () => {
    tab?.close();
    await serve?.stop();
    serve = undefined;
    await sandbox.stop();
    await folder.remove();
  });

  async function open(args: readonly string[] = [lab], env = sandbox.env): Promise<void> {
    serve = await runServe(args, { cwd: folder.path, env });
    tab = await ServeClient.open(serve);
    await tab.listen();
    await tab.until('snapshot');
  }
  const solve = (...stages: string[]) =>
    labwright(['solve', lab, ...stages], { cwd: folder.path, env: sandbox.env });
  const state = () => new StateFolder(join(folder.path, '.labwright', lab));
  const shown = async () => (await tab.get('/')).body;
  async function accessKeys(): Promise<unknown> {
    const owner = new AwsCaller({
      region: 'us-east-1',
      endpoint: sandbox.url,
      credentials: {
        accessKeyId: sandbox.env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: sandbox.env.AWS_SECRET_ACCESS_KEY ?? '',
      },
    });
    try {
      return (await owner.send('iam:ListAccessKeys', { UserName: user })).output.AccessKeyMetadata;
    } finally {
      owner.close();
    }
  }

  it('streams findings in the order in which they settle, to every tab, and keeps the attempt', async () => {
    await open();
    await solve('key', 'table', 'data');
    const other = await ServeClient.open(serve as RunningServe);
    await other.listen();
    await other.until('snapshot');
    await tab.check([], false);
    await other.until('running', ({ running }) => !running);
    const lines = (await readFile(join(folder.path, '.labwright', lab, 'attempts.jsonl'), 'utf8')).trim();
    const attempt = attemptSchema.parse(JSON.parse(lines));
    for (const one of [tab, other]) {
      const first = new Map<string, number>();
      for (const [at, event] of one.events.entries()) {
        if (event.name !== 'fragment' || !event.data.name.startsWith('findings-')) continue;
        for (const [, title = ''] of event.data.html.matchAll(
          /class="verdict[^§]*?<span class="finding-title" dir="auto">([^<]*)</g,
        ))
          if (!first.has(title)) first.set(title, at);
      }
      expect(Object.values(attempt.findings).filter(({ title }) => first.has(title))).to.have.length.above(8);
      // A fail waits for the stages before it, which may stop it.
      const judged = Object.values(attempt.findings).filter(
        ({ title, verdict }) => verdict === 'pass' && first.has(title),
      );
      expect(judged).to.have.length.above(3);
      const streamed = judged.toSorted((a, b) => (first.get(a.title) ?? 0) - (first.get(b.title) ?? 0));
      const times = streamed.flatMap(({ judgedAt }) => judgedAt ?? []);
      expect(times).to.deep.equal(times.toSorted());
      expect(new Set(first.values()).size, 'one after the other').to.be.above(4);
    }
    other.close();
    const said = tab.events.flatMap((event) => (event.name === 'say' ? [event.data.words] : []));
    expect(said).to.include('Create a KMS key: 2 of 2 checks pass.');
    expect(said.at(-1)).to.match(/^The check is done: \d+ of 100 points\.$/);
    expect(said).to.have.length(8);
    expect(await shown()).to.include('<strong>40</strong> of 100 points');
  });

  it('shows of a stage that was not asked for only what passes', async () => {
    await open();
    await tab.check(['key']);
    const html = await shown();
    expect(html).to.include('No key answers to alias/nextwork-kms-key');
    expect(html).to.not.include('There is no table');
    expect(
      html.match(/<a id="to-stage-\w+"[^§]*?<\/a>/g)?.filter((link) => link.includes('verdict-fail')),
    ).to.have.length(1);
  });

  it('makes a temporary key only when that is agreed to, asks once, and deletes it each time', async () => {
    await solve('key', 'table', 'data', 'user');
    await open();
    await tab.check(['deny'], false);
    expect(sandbox.log()).to.not.include('iam:CreateAccessKey');
    expect(await shown()).to.include('You did not agree to a temporary access key');

    await tab.check(['deny'], true);
    expect(sandbox.log().match(/"call":"iam:CreateAccessKey"/g)).to.have.length(1);
    expect(await accessKeys()).to.deep.equal([]);
    expect(await shown()).to.match(/id="stage-deny"[^§]*?verdict-pass[^§]*?25 of 25 points/);

    await tab.check(['deny']);
    expect(sandbox.log().match(/"call":"iam:CreateAccessKey"/g)).to.have.length(2);
    expect(await accessKeys()).to.deep.equal([]);
  });

  it('leaves no temporary key behind when it is interrupted', async () => {
    await solve('key', 'table', 'data', 'user');
    await open([lab, '--probe', 'key']);
    const { status } = await tab.post('/check', { stages: ['deny'] });
    expect(status).to.equal(204);
    while (!sandbox.log().includes('iam:CreateAccessKey')) await delay(5);
    expect(await serve?.stop()).to.equal(0);
    serve = undefined;
    expect(await accessKeys()).to.deep.equal([]);
    expect(existsSync(state().journalFolder)).to.equal(false);
    expect(existsSync(join(folder.path, '.labwright', lab, 'attempts.jsonl'))).to.equal(false);
  });

  it('stops a check when asked, also while it asks', async () => {
    await solve('key', 'table', 'data', 'user');
    await open();
    await tab.post('/check', { stages: ['deny'] });
    await tab.until('fragment', ({ html }) => html.includes('id="agree"'));
    const second = await tab.post('/check', { stages: [] });
    expect(second.status).to.equal(422);
    expect(second.body).to.include('A check is under way');
    expect((await tab.post('/stop', {})).status).to.equal(204);
    expect(await shown()).to.include('The check was stopped');
    expect(await accessKeys()).to.deep.equal([]);
    await tab.check(['key']);
    expect(await shown()).to.not.include('The check was stopped');
  });

  it('saves answers beside what else is in the file, and gives feedback', async () => {
    await mkdir(state().path, { recursive: true });
    await writeFile(state().answersFile, '# Mine\ngoal: Show it. # for now\nof-another-lab: stays\n');
    await open();
    const id = 'what-is-encryption';
    const text = 'Encryption turns data into ciphertext with a key.\n\nCompanies use it because';
    expect((await tab.post('/answers', { id, text, base: '' })).status).to.equal(204);
    expect(await tab.until('answer')).to.deep.equal({ id, text });
    const feedback = await tab.until('fragment', ({ name }) => name === `feedback-${id}`);
    expect(feedback.html).to.include('A sentence stops before its end.');
    await tab.until('write-up');
    expect((await tab.get('/write-up.html')).body).to.include('Encryption turns data into ciphertext');
    expect(await readFile(state().answersFile, 'utf8'))
      .to.include('# Mine')
      .and.to.include('# for now');
    expect(await state().answers()).to.deep.equal({
      goal: 'Show it.',
      'of-another-lab': 'stays',
      [id]: text,
    });

    expect((await tab.post('/answers', { id, text: ' ', base: text })).status).to.equal(204);
    expect(await state().answers()).to.not.have.property(id);
    expect((await tab.post('/answers', { id: 'nothing', text, base: '' })).status).to.equal(422);
  });

  it('overwrites no answer that was written elsewhere meanwhile', async () => {
    await open();
    await mkdir(state().path, { recursive: true });
    await writeFile(state().answersFile, 'goal: From my editor\n');
    const { status, body } = await tab.post('/answers', { id: 'goal', text: 'From the page', base: '' });
    expect(status).to.equal(409);
    expect(JSON.parse(body)).to.include({ stored: 'From my editor' });
    expect(await state().answers()).to.deep.equal({ goal: 'From my editor' });

    await writeFile(state().answersFile, 'goal: [not a text\n');
    const refused = await tab.post('/answers', { id: 'goal', text: 'x', base: 'From my editor' });
    expect(refused.status).to.equal(422);
    expect(refused.body).to.include('answers.yaml');
    expect(await readFile(state().answersFile, 'utf8')).to.equal('goal: [not a text\n');
  });

  it('gives back hostile answers letter by letter, and shows them as text', async () => {
    await open();
    let base = '';
    for (const [what, text] of Object.entries(hostileTexts)) {
      const { status } = await tab.post('/answers', { id: 'goal', text, base });
      expect(status, what).to.equal(204);
      const wellFormed = (one = '') => Buffer.from(one).toString();
      if (text.trim() !== '')
        expect(wellFormed((await state().answers()).goal), what).to.equal(wellFormed(text));
      base = text;
      const [html, writeUp] = [await shown(), (await tab.get('/write-up.html')).body];
      for (const page of [html, writeUp]) {
        expect(page, what).to.not.match(/<img src=x|<svg onload|<script>alert|javascript:alert\(1\)"/i);
        expect(page, what).to.not.include('href="javascript:');
      }
    }
    for (const path of ['/', '/write-up.html']) expect((await tab.get(path)).status).to.equal(200);
  });

  it('takes names that do, and says why others do not', async () => {
    await open([lab, '--set', 'table=first']);
    const names = { alias: 'alias/mine', table: 'notes', user: 'reader' };
    expect((await tab.post('/names', { names })).status).to.equal(204);
    const { html } = await tab.until('fragment', ({ name }) => name === 'guide-table');
    expect(html).to.include('notes').and.to.not.include('first');
    const refused = await tab.post('/names', { names: { ...names, alias: 'mine' } });
    expect(refused.status).to.equal(422);
    expect(refused.body).to.include('does not do as alias');
    await tab.check(['key']);
    expect(await shown()).to.include('No key answers to alias/mine');
    const { attempts } = await state().attempts();
    expect(attempts[0]?.params).to.deep.equal(names);
  });

  it('says that nobody answers, and checks when somebody does', async () => {
    const env = { ...sandbox.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    await open([lab], env);
    await tab.check(['key']);
    const html = await shown();
    expect(html).to.include('Nothing could be judged').and.to.include('Check the network');
    expect(html).to.include('not checked yet');
  });

  it('says what to do without credentials or a Region', async () => {
    await open([lab], {});
    const troubles = await tab.until('fragment', ({ name, html }) => name === 'troubles' && html !== '');
    expect(troubles.html).to.include('No AWS Region is set').and.to.include('--sandbox');
    await (serve as RunningServe).stop();
    await open([lab], { AWS_REGION: 'us-east-1' });
    const other = await tab.until('fragment', ({ name, html }) => name === 'troubles' && html !== '');
    expect(other.html).to.include('No AWS credentials were found').and.to.include('aws configure');
    expect(other.html).to.not.match(/\n\s+at /);
  });

  it('says what is wrong with a lab file that broke meanwhile, and takes it when it is mended', async () => {
    const file = join(folder.path, 'lab.yaml');
    await copyFile(`${firstLab}lab.yaml`, file);
    await open([file]);
    const good = await readFile(file, 'utf8');
    await writeFile(file, good.replace('check: kms/key-exists', 'check: kms/no-such'));
    const { status, body } = await tab.post('/check', { stages: ['key'] });
    expect(status).to.equal(422);
    expect((JSON.parse(body) as { message: string }).message).to.match(/lab\.yaml:\d+:\d+ There is no check/);
    expect((await tab.get('/')).status).to.equal(200);
    await writeFile(file, good.replace('title: Create a KMS key', 'title: Make a KMS key'));
    await tab.check(['key']);
    await tab.until('reload');
    expect(await shown()).to.include('Make a KMS key');
  });

  it('shows the calls of a sandbox that runs already, those before too', async () => {
    await solve('key');
    await open([lab, '--sandbox', '--endpoint-url', sandbox.url], {});
    const told = () =>
      tab.events.flatMap((event) =>
        event.name === 'snapshot' ? event.data.calls : event.name === 'call' ? [event.data] : [],
      );
    const made = () => told().filter(({ call }) => call === 'kms:CreateKey');
    while (made().length === 0) await delay(50);
    expect(made()[0]).to.include({ who: 'user/administrator', outcome: 'allowed' });
    await tab.check(['key']);
    await tab.until('call', ({ call }) => call === 'kms:DescribeKey');
    expect(await shown())
      .to.include(sandbox.env.AWS_ACCESS_KEY_ID ?? '')
      .and.to.not.include('It ends with');
    expect(made(), 'told once').to.have.length(0);
  });

  it('has a sandbox of its own where none runs, whose calls it shows', async function () {
    const taken = await runningSandbox().catch(() => undefined);
    if (taken) {
      console.log(`      skipped: a sandbox of somebody's runs at ${taken.url}`);
      this.skip();
    }
    await open([lab, '--sandbox'], {});
    const html = await shown();
    const settings = /export AWS_ENDPOINT_URL[^<]*/.exec(html)?.[0] ?? '';
    const env = Object.fromEntries(
      [...settings.matchAll(/^export (\w+)&#x3D;(.+)$|^export (\w+)=(.+)$/gm)].map((match) => [
        match[1] ?? match[3] ?? '',
        (match[2] ?? match[4] ?? '').replaceAll('&#x3D;', '='),
      ]),
    );
    const solved = await labwright(['solve', lab, 'key'], { cwd: folder.path, env });
    expect(solved.code, solved.stderr).to.equal(0);
    const call = await tab.until('call', (one) => one.call === 'kms:CreateKey');
    expect(call).to.deep.include({ who: 'user/administrator', outcome: 'allowed', succeeded: true });
    await tab.check(['key']);
    expect(await shown()).to.include('<strong>15</strong> of 100');
    tab.close();
    expect(await serve?.stop()).to.equal(0);
    serve = undefined;
  });
});
