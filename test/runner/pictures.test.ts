/** Which files are taken along as pictures of a text. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { withAddresses } from '../../runner/pictures/local-pictures.ts';
import { keepPictures, lookAtPictures } from '../../runner/pictures/take-pictures.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('pictures of a text', () => {
  let root: string;
  let texts: string;
  let state: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'labwright-pictures-'));
    [texts, state] = [join(root, 'texts'), join(root, 'state')];
    await mkdir(join(texts, 'shots'), { recursive: true });
    await writeFile(join(texts, 'shots', 'My key.png'), png);
    await writeFile(join(root, 'outside.png'), png);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const look = (markdown: string) => lookAtPictures(markdown, texts, state);
  const problem = async (markdown: string) => {
    const { pictures, problems } = await look(markdown);
    expect(pictures).to.deep.equal([]);
    expect(problems).to.have.length(1);
    return problems[0];
  };

  it('are copied, and the text refers to the copies', async () => {
    await writeFile(join(texts, 'a.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]));
    const text =
      'One ![key](<shots/My key.png>), ![again](shots/My%20key.png), ![j][r], `](a.jpg)`\n\n[r]: a.jpg "t"';
    const { pictures, problems } = await look(text);
    expect(problems).to.deep.equal([]);
    await keepPictures(pictures, state);
    const moved = withAddresses(text, new Map(pictures.map(({ address, file }) => [address, file])));
    const [, key] = /!\[key\]\((pictures\/my-key-[0-9a-f]{8}\.png)\)/.exec(moved) ?? [];
    expect(await readFile(join(state, key ?? ''))).to.deep.equal(png);
    expect(moved).to.include(`![again](${key})`);
    expect(moved).to.match(/\[r\]: pictures\/a-[0-9a-f]{8}\.jpg "t"/);
    expect(await look(moved), 'what was taken is there').to.deep.equal({ pictures: [], problems: [] });
  });

  it('elsewhere stay where they are', async () => {
    for (const address of [
      'https://example.com/a.png',
      '//example.com/a.png',
      'data:image/png;base64,AA',
      'x-y:z',
    ])
      expect(await look(`![x](${address})`)).to.deep.equal({ pictures: [], problems: [] });
  });

  it('outside the folder of the text are not read', async () => {
    expect(await problem('![x](../outside.png)')).to.include('lies outside');
    expect(await problem('![x](shots/../../outside.png)')).to.include('lies outside');
    expect(await problem('![x](%2e%2e/outside.png)')).to.include('lies outside');
    expect(await problem(`![x](${root}/outside.png)`)).to.include('lies outside');
    await symlink(join(root, 'outside.png'), join(texts, 'link.png'));
    expect(await problem('![x](link.png)')).to.include('lies outside');
    await symlink(root, join(texts, 'up'));
    expect(await problem('![x](up/outside.png)')).to.include('lies outside');
    expect(await look('![x](C:/a.png)'))
      .to.have.property('problems')
      .with.length(1);
  });

  it('are told by their bytes, not by their names', async () => {
    await writeFile(join(texts, 'page.png'), '<html><script>alert(1)</script>');
    await writeFile(join(texts, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(texts, 'empty.png'), '');
    for (const name of ['page.png', 'drawing.svg', 'empty.png'])
      expect(await problem(`![x](${name})`)).to.include('is not a PNG, JPEG, GIF or WebP');
  });

  it('are missing, huge, or no files, and that is said', async () => {
    expect(await problem('![x](gone.png)')).to.include('is not in');
    expect(await problem('![x](shots)')).to.include('is not a file');
    await writeFile(join(texts, 'huge.png'), png);
    await truncate(join(texts, 'huge.png'), 11 * 1024 * 1024);
    expect(await problem('![x](huge.png)')).to.include('at most 5 MB');
    execFileSync('mkfifo', [join(texts, 'pipe.png')]);
    expect(await problem('![x](pipe.png)')).to.include('is not a file');
    expect(await problem('![x](nul%00.png)')).to.include('is not in');
  });
});
