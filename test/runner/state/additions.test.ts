/** What the learner adds to the write-up, as it is read from `write-up.yaml`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { StateFolder } from '../../../runner/state/state-folder.ts';

describe('write-up.yaml', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labwright-additions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function read(yaml: string) {
    await writeFile(join(folder, 'write-up.yaml'), yaml);
    return new StateFolder(folder).additions();
  }

  async function problem(yaml: string): Promise<string> {
    try {
      await read(yaml);
    } catch (error) {
      return String(error);
    }
    throw new Error('It was accepted.');
  }

  it('need not be there', async () => {
    expect(await new StateFolder(folder).additions()).to.equal(undefined);
  });

  it('may be empty', async () => {
    expect(await read('')).to.deep.equal({ sections: [], screenshots: [] });
  });

  it('holds a name, sections and screenshots', async () => {
    const additions = await read(
      [
        'author: A new user',
        'sections:',
        '  - heading: What comes next',
        '    text: Rotation.',
        'screenshots:',
        '  - { stage: deny, file: pictures/denied.png, shows: The console refuses }',
      ].join('\n'),
    );
    expect(additions?.author).to.equal('A new user');
    expect(additions?.sections).to.deep.equal([{ heading: 'What comes next', text: 'Rotation.' }]);
    expect(additions?.screenshots).to.deep.equal([
      { stage: 'deny', file: 'pictures/denied.png', shows: 'The console refuses' },
    ]);
  });

  it('says what is wrong with it, and where', async () => {
    expect(await problem('sections: [{ heading: Next }]')).to.match(/write-up\.yaml: sections\.0\.text: /);
    expect(await problem('colour: red')).to.match(/write-up\.yaml: .*"colour"/);
    expect(await problem('author: a: b')).to.match(/write-up\.yaml: /);
  });
});
