import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright new', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const run = (...args: string[]) => labwright(args, { cwd: folder.path });
  const read = async (file: string) => readFile(join(folder.path, file), 'utf8');

  it('makes a lab that verifies, lints and shows its guide as it is', async function () {
    this.timeout(60_000);
    const made = await run('new', 'my-first-lab');
    expect(made.code, made.stderr).to.equal(0);
    expect(made.stderr).to.include('labwright verify my-first-lab');

    const verified = await run('verify', 'my-first-lab');
    expect(verified.code, verified.stdout).to.equal(0);
    expect(verified.stdout).to.match(/(\d+) of \1 claims hold/);
    const linted = await run('lint', 'my-first-lab');
    expect(linted.code, linted.stdout + linted.stderr).to.equal(0);
    const guide = await run('guide', 'my-first-lab');
    expect(guide.stdout).to.include('My first lab');
  });

  it('names the lab after its folder, and gives it the title that was asked for', async () => {
    await run('new', 'labs/keys-and-doors', '--title', 'Keys: and "doors" $1');
    const lab = parse(await read('labs/keys-and-doors/lab.yaml')) as { id: string; title: string };
    expect(lab).to.include({ id: 'keys-and-doors', title: 'Keys: and "doors" $1' });
  });

  it('shows every part of a lab file and of a proof', async () => {
    await run('new', 'whole');
    const lab = parse(await read('whole/lab.yaml')) as Record<string, unknown>;
    const { labSchema } = await import('../../runner/lab/schema.ts');
    // `project` is the address of somebody else's exercise that a lab follows.
    expect(Object.keys(labSchema.shape).filter((part) => !(part in lab))).to.deep.equal(['project']);
    const proof = await read('whole/proof.yaml');
    for (const part of [
      'solution',
      'mistakes',
      'instead',
      'after',
      'caught-by',
      'shows',
      'keep',
      'until',
      'region',
    ])
      expect(proof).to.include(`${part}:`);
  });

  it('names the schema where an editor finds it: in the project, or else beside the lab', async () => {
    const schemaOf = async (lab: string) => {
      const [, path = ''] =
        /^# yaml-language-server: \$schema=(.*)$/m.exec(await read(`${lab}/lab.yaml`)) ?? [];
      return JSON.parse(await readFile(resolve(folder.path, lab, path), 'utf8')) as unknown;
    };
    await run('new', 'alone');
    expect(await schemaOf('alone')).to.have.property('$schema');
  });

  it('writes over nothing', async () => {
    await mkdir(join(folder.path, 'there'));
    await writeFile(join(folder.path, 'there/lab.yaml'), 'mine');
    const { code, stderr } = await run('new', 'there');
    expect(code).to.equal(2);
    expect(stderr).to.include('There is something at there already');
    expect(await read('there/lab.yaml')).to.equal('mine');
  });

  it('refuses a name that cannot be an id', async () => {
    const { code, stderr } = await run('new', 'My Lab');
    expect(code).to.equal(2);
    expect(stderr).to.include('"My Lab" cannot be the id of a lab');
  });
});
