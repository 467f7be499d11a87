/** The examples of the documents are taken from them, carried out as they stand, and print what the documents say. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bareEnvironment, mainFile } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Example {
  /** Files of the document up to here, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly command: string;
  /** `…` stands for any text. */
  readonly prints: string;
}

/** A block with a file's name after its language is that file; a `console` block is what a command prints. */
function examplesIn(document: string): Example[] {
  const files = new Map<string, string>();
  const examples: Example[] = [];
  for (const [, language, name, text = ''] of document.matchAll(/^```(\w+)(?: ([\w.-]+))?\n(.*?)^```$/gms)) {
    if (name !== undefined) files.set(name, text);
    if (language !== 'console') continue;
    const [first = '', ...rest] = text.split('\n');
    expect(first).to.match(/^\$ /);
    examples.push({ files: new Map(files), command: first.slice(2), prints: rest.join('\n').trim() });
  }
  return examples;
}

/** Labwright and what its user installs beside it. */
async function install(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await symlink(root, join(modules, 'labwright'));
  await symlink(mainFile, join(modules, '.bin/labwright'));
  for (const name of ['mocha', '@aws-sdk'])
    await symlink(join(root, 'node_modules', name), join(modules, name));
  await symlink(join(root, 'node_modules/mocha/bin/mocha.js'), join(modules, '.bin/mocha'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
}

function matcher(prints: string): RegExp {
  const escaped = prints.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*?')}$`, 's');
}

for (const name of ['api.md', 'own-checks.md']) {
  describe(`the examples of docs/${name}`, function () {
    this.timeout(300_000);
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let document = '';

    before(async () => {
      folder = await temporaryFolder();
      await install(folder.path);
      document = await readFile(join(root, 'docs', name), 'utf8');
    });
    after(() => folder.remove());

    it('print what the document says', async () => {
      const examples = examplesIn(document);
      expect(examples).not.to.deep.equal([]);
      for (const { files, command, prints } of examples) {
        for (const [file, text] of files) await writeFile(join(folder.path, file), text);
        const { stdout } = await run('sh', ['-c', command], { cwd: folder.path, env: bareEnvironment() });
        expect(stdout.trim(), command).to.match(matcher(prints));
      }
    });
  });
}
