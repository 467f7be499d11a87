/** `labwright report` as a learner uses it: own sections and pictures, for everybody, with templates of one's own. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { registry } from '../../checks/registry.ts';
import { loadLab } from '../../runner/lab/load-lab.ts';
import type { Attempt } from '../../runner/state/attempt.ts';
import { redDot } from '../reports/sample-picture.ts';
import { firstLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';
const accountId = '444455556666';

describe('labwright report', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let state: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    state = join(folder.path, '.labwright', lab);
    await mkdir(join(state, 'pictures'), { recursive: true });
    await writeFile(join(state, 'attempts.jsonl'), `${JSON.stringify(await attempt())}\n`);
  });
  afterEach(() => folder.remove());

  /** One check of the empty account, in which nothing was found. */
  async function attempt(): Promise<Attempt> {
    const { digest } = await loadLab(`${firstLab}lab.yaml`, registry);
    return {
      schema: 'labwright/attempt/v1',
      id: 'first',
      lab: { id: lab, digest },
      account: {
        id: accountId,
        arn: `arn:aws:iam::${accountId}:user/ada`,
        region: 'eu-west-1',
        kind: 'live',
      },
      params: { alias: 'alias/nextwork-kms-key', table: 'nextwork-kms-table', user: 'nextwork-kms-user' },
      startedAt: '2026-11-22T10:00:00.000Z',
      finishedAt: '2026-11-22T10:00:01.000Z',
      chosen: [],
      findings: {},
    };
  }

  const additions = (...lines: string[]) => writeFile(join(state, 'write-up.yaml'), lines.join('\n'));
  const report = (...args: string[]) =>
    labwright(['report', lab, '--out', 'out', ...args], { cwd: folder.path });
  const out = (name: string) => readFile(join(folder.path, 'out', name), 'utf8');

  it('takes own sections and pictures, and says which it cannot take', async () => {
    await writeFile(join(state, 'pictures', 'dot.png'), redDot.bytes);
    await writeFile(join(state, 'pictures', 'drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(
      join(state, 'pictures', 'huge.png'),
      Buffer.concat([redDot.bytes, Buffer.alloc(6 * 1024 * 1024)]),
    );
    await writeFile(join(folder.path, 'outside.png'), redDot.bytes);
    await symlink(join(folder.path, 'outside.png'), join(state, 'pictures', 'link.png'));
    await additions(
      'email: ada@example.com',
      'opening: "![A dot](pictures/dot.png) ![A drawing](pictures/drawing.png) ![Up](../../outside.png)"',
      'sections: [{ heading: Afterwards, after: Nowhere, text: "![Link](pictures/link.png)" }]',
      'screenshots:',
      '  - { stage: deny, file: pictures/dot.png, shows: The console refuses }',
      '  - { stage: deny, file: pictures/huge.png, shows: Everything }',
      '  - { stage: party, file: pictures/dot.png, shows: Cake }',
    );
    const { code, stderr } = await report();
    expect(code, stderr).to.equal(0);
    for (const told of [
      /pictures\/drawing\.png is not a PNG/,
      /pictures\/huge\.png has 6\.0 MB, and at most 5 MB/,
      /pictures\/link\.png lies outside/,
      /outside\.png lies outside/,
      /no stage "party", so its screenshot pictures\/dot\.png is left out/,
      /no heading "Nowhere", so the section "Afterwards" stands at the end/,
    ]) {
      expect(stderr).to.match(told);
    }
    const [markdown, html] = [await out('report.md'), await out('report.html')];
    expect(markdown).to.include('![A dot](report-files/picture-1.png)').and.to.include('ada@example.com');
    expect(html.match(/src="data:image\/png/g)).to.have.length(2);
    expect(html).to.include('alt="The console refuses"').and.not.include('Cake');
    const files = await readdir(join(folder.path, 'out', 'report-files'));
    expect(files.filter((name) => name.startsWith('picture'))).to.deep.equal(['picture-1.png']);
    expect(await readFile(join(folder.path, 'out', 'report-files', 'picture-1.png'))).to.deep.equal(
      redDot.bytes,
    );
    // Every file that the Markdown shows is there.
    for (const [, path = ''] of markdown.matchAll(/(?:src|srcset)="(report-files\/[^"]+)"/g)) {
      expect(files).to.include(path.slice('report-files/'.length));
    }
  });

  it('with --public hides in every file, takes away what an earlier report left, and warns of pictures', async () => {
    await writeFile(join(state, 'pictures', 'dot.png'), redDot.bytes);
    await additions('email: ada@example.com', `opening: "Account ${accountId} ![Dot](pictures/dot.png)"`);
    expect((await report()).stderr).to.not.include('cannot be hidden');
    await writeFile(join(folder.path, 'out', 'report-files', 'picture-9.png'), redDot.bytes);
    await writeFile(join(folder.path, 'out', 'report-files', 'mine.txt'), 'mine');
    const { code, stderr } = await report('--public');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.include('1 picture of yours. What is written in it cannot be hidden');
    const files = await readdir(join(folder.path, 'out', 'report-files'));
    expect(files).to.include('mine.txt').and.not.include('picture-9.png');
    const documents = await Promise.all([
      ...['report.md', 'report.html', 'result.json'].map(out),
      ...files.map((name) => out(`report-files/${name}`)),
    ]);
    expect(documents.join('\n')).to.not.include(accountId).and.not.include('ada@example.com');
    expect(documents[0]).to.include('Account ACCOUNT-1');
  });

  describe('with --template', () => {
    let templates: string;
    beforeEach(async () => {
      templates = join(folder.path, 'templates');
      await mkdir(join(templates, 'partials', 'md'), { recursive: true });
    });

    it('takes what is there in place of ours', async () => {
      await writeFile(join(templates, 'partials', 'md', 'scoreboard.hbs'), 'SCORE {{points}}\n');
      await writeFile(join(templates, 'README.md'), 'Notes.');
      const { code, stderr } = await report('--template', 'templates');
      expect(code, stderr).to.equal(0);
      expect(await out('report.md'))
        .to.include('SCORE 0\n')
        .and.include('## How this was verified');
    });

    it('says in which line a template is wrong, and writes nothing', async () => {
      await writeFile(join(templates, 'partials', 'md', 'scoreboard.hbs'), 'one\n{{#if}\n');
      const { code, stderr } = await report('--template', 'templates');
      expect(code).to.equal(2);
      expect(stderr)
        .to.match(/templates\/partials\/md\/scoreboard\.hbs:2: /)
        .and.not.match(/^\s+at /m);
      expect(await readdir(folder.path)).to.not.include('out');
    });

    it('reads nothing outside the folder', async () => {
      await writeFile(join(folder.path, 'secret.hbs'), 'secret');
      await symlink(join(folder.path, 'secret.hbs'), join(templates, 'partials', 'md', 'finding.hbs'));
      const { code, stderr } = await report('--template', 'templates');
      expect(code).to.equal(2);
      expect(stderr).to.include('finding.hbs: it leads outside templates');
    });

    it('says that a folder holds no template, or is none', async () => {
      expect((await report('--template', 'templates')).stderr).to.include(
        'templates holds no template: expected',
      );
      expect((await report('--template', 'nowhere')).stderr).to.include('nowhere cannot be read (ENOENT)');
    });
  });
});
