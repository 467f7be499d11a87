/** Files that are written whole or not at all. */
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeWholeInParts } from '../../../runner/files/write-whole.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a file that is written in parts', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const path = (name: string) => join(folder.path, name);
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('holds all parts in order, also large ones, for its owner alone', async () => {
    const parts = ['é'.repeat(70_000), '', ...Array.from({ length: 50_000 }, (_, nth) => `${nth}\n`), '😀'];
    await writeWholeInParts(path('in/a/folder'), parts.values());
    expect(readFileSync(path('in/a/folder'), 'utf8')).to.equal(parts.join(''));
    expect(statSync(path('in/a/folder')).mode & 0o777).to.equal(0o600);
    await writeWholeInParts(path('in/a/folder'), []);
    expect(readFileSync(path('in/a/folder'), 'utf8')).to.equal('');
  });

  it('is what it was before when a part cannot be made, and nothing is left beside it', async () => {
    writeFileSync(path('kept'), 'before');
    async function* broken() {
      yield 'x'.repeat(200_000);
      throw new Error('There is no more.');
    }
    const failed = await writeWholeInParts(path('kept'), broken()).catch((error: Error) => error.message);
    expect(failed).to.equal('There is no more.');
    expect(readFileSync(path('kept'), 'utf8')).to.equal('before');
    expect(readdirSync(folder.path)).to.deep.equal(['kept']);
  });

  it('is written through a link, which stays one', async () => {
    writeFileSync(path('elsewhere'), 'before');
    symlinkSync(path('elsewhere'), path('link'));
    await writeWholeInParts(path('link'), ['now']);
    expect(lstatSync(path('link')).isSymbolicLink()).to.equal(true);
    expect(readFileSync(path('elsewhere'), 'utf8')).to.equal('now');
  });
});
