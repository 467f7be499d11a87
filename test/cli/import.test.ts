/** `labwright import`, as a learner runs it. */
import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'yaml';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';
const writeUp = (name: string) =>
  fileURLToPath(new URL(`../runner/import/write-ups/${name}.md`, import.meta.url));

describe('labwright import', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let state: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    state = join(folder.path, '.labwright', lab);
  });
  afterEach(() => folder.remove());

  const run = (args: string[]) => labwright(['import', ...args, '--lab', lab], { cwd: folder.path });
  const read = async (file: string) => parse(await readFile(join(state, file), 'utf8'));

  it('takes a write-up with its pictures, and says what went where', async () => {
    await mkdir(join(folder.path, 'mine', 'pictures'), { recursive: true });
    await copyFile(writeUp('full'), join(folder.path, 'mine', 'w.md'));
    await writeFile(
      join(folder.path, 'mine', 'pictures', 'key.png'),
      Buffer.from('89504e470d0a1a0a00', 'hex'),
    );
    const { code, stdout, stderr } = await run(['mine/w.md']);
    expect(code, stderr).to.equal(0);
    expect(stdout.replace(/\s+/g, ' '))
      .to.match(/Tools & concepts +services-and-concepts/)
      .and.to.match(/What I would do next time +a section of your own/)
      .and.to.include('missing.png is not in ')
      .and.to.include('Within one account one of the two can be enough')
      .and.to.include('A key administrator manages the key');
    const additions = await read('write-up.yaml');
    expect(additions).to.include({ author: 'Ada Example', email: 'ada@example.com' });
    expect(additions.screenshots).to.have.length(1);
    expect(await readdir(join(state, 'pictures'))).to.deep.equal([additions.screenshots[0].file.slice(9)]);
    expect(Object.keys(await read('answers.yaml'))).to.have.length(19);

    const again = await run(['mine/w.md']);
    expect(again.code).to.equal(0);
    expect(again.stdout).to.include('Nothing had to be written');
    expect(await read('write-up.yaml')).to.deep.equal(additions);
  });

  it('leaves what is there, shows the difference, and replaces it when told to', async () => {
    await mkdir(state, { recursive: true });
    await writeFile(join(state, 'answers.yaml'), '# mine\ntime-taken: Four hours.\n');
    const kept = await run([writeUp('begun')]);
    expect(kept.code).to.equal(1);
    expect(kept.stdout)
      .to.include('- Four hours.')
      .and.to.include('+ This project took me 2h')
      .and.to.include('--replace');
    expect(await read('answers.yaml')).to.include({
      'time-taken': 'Four hours.',
      goal: 'In this project I will',
    });
    const replaced = await run([writeUp('begun'), '--replace']);
    expect(replaced.code).to.equal(0);
    expect(await read('answers.yaml')).to.include({ 'time-taken': 'This project took me 2h' });
    expect(await readFile(join(state, 'answers.yaml'), 'utf8')).to.include('# mine');
  });

  it('writes nothing when it is only to be shown, also as JSON', async () => {
    const { code, stdout } = await run([writeUp('full'), '--dry-run']);
    expect(code).to.equal(0);
    expect(stdout).to.include('what would go where').and.to.include('Nothing was written.');
    const told = JSON.parse((await run([writeUp('full'), '--dry-run', '--json'])).stdout);
    expect(told).to.include({ schema: 'labwright/import/v1', lab, written: false });
    expect(told.parts.map(({ state: one }: { state: string }) => one))
      .to.include('new')
      .and.to.not.include('kept');
    expect(told.problems).to.have.length(2);
    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('lets nothing of a write-up into the terminal, and says when nothing fits', async () => {
    await writeFile(join(folder.path, 'w.md'), '# \u001b]0;gone\u0007Stars\n\nWords \u001b[31mred.\n');
    const { code, stdout } = await run(['w.md']);
    expect(code).to.equal(0);
    expect(stdout).to.not.match(/(?!\n)\p{Cc}/u);
    expect(stdout).to.include('No heading of it is like');
    expect((await read('write-up.yaml')).opening)
      .to.include('Stars')
      .and.to.include('red.');
  });

  it('says what is wrong', async () => {
    await writeFile(join(folder.path, 'empty.md'), '\n');
    await writeFile(join(folder.path, 'huge.md'), '');
    await truncate(join(folder.path, 'huge.md'), 2 * 1024 * 1024);
    for (const [args, said] of [
      [['gone.md'], 'no file gone.md'],
      [['.'], 'is no file'],
      [['empty.md'], 'is empty'],
      [['huge.md'], 'at most 1 MiB'],
    ] as const) {
      const { code, stderr } = await run([...args]);
      expect(code, args.join(' ')).to.equal(2);
      expect(stderr)
        .to.include(said)
        .and.to.not.match(/\n\s+at /);
    }
  });
});
