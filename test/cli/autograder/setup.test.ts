/** `setup.sh` of an autograder for Gradescope, which installs Node.js where the image has none. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { bareEnvironment } from '../../support/labwright.ts';
import { bash, onPath } from '../../support/requires.ts';
import { runProgram } from '../../support/run-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const tools = [
  'curl',
  'cat',
  'dirname',
  'grep',
  'gzip',
  'mkdir',
  'mktemp',
  'rm',
  'sha256sum',
  'tar',
  'tr',
  'uname',
];
const setup = fileURLToPath(new URL('../../../templates/autograders/gradescope/setup.sh', import.meta.url));

describe("an autograder's setup.sh", function () {
  this.timeout(30_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let shell: string;
  const version = process.versions.node;
  const name = `node-v${version}-linux-${process.arch}`;
  const path = (...parts: string[]) => join(folder.path, ...parts);
  const run = (env: Record<string, string>) =>
    runProgram(shell, [path('source', 'setup.sh')], {
      cwd: folder.path,
      env: bareEnvironment({
        LABWRIGHT_NODE_HOME: path('home'),
        LABWRIGHT_NODE_MIRROR: pathToFileURL(path('mirror')).href,
        ...env,
      }),
    });
  const sums = (sum: string) =>
    writeFileSync(
      path('mirror', `v${version}`, 'SHASUMS256.txt'),
      `${'0'.repeat(64)}  other\n${sum}  ${name}.tar.gz\n`,
    );

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    shell = bash.call(this, ...tools);
    folder = await temporaryFolder();
    mkdirSync(path('source'));
    cpSync(setup, path('source', 'setup.sh'));
    writeFileSync(path('source', 'node-version'), `${version}\n`);
    // What the image has, and no Node.js among it.
    mkdirSync(path('tools'));
    for (const tool of tools) symlinkSync(onPath(tool) ?? tool, path('tools', tool));
    mkdirSync(path('archive', name, 'bin'), { recursive: true });
    symlinkSync(process.execPath, path('archive', name, 'bin', 'node'));
    mkdirSync(path('mirror', `v${version}`), { recursive: true });
    const packed = path('mirror', `v${version}`, `${name}.tar.gz`);
    const made = await runProgram('tar', ['-czf', packed, '-C', path('archive'), name], {
      env: bareEnvironment(),
    });
    expect(made.code, made.stderr).to.equal(0);
    sums(createHash('sha256').update(readFileSync(packed)).digest('hex'));
  });
  after(() => folder?.remove());

  it('leaves a Node.js alone that is there', async () => {
    const { code, stdout, stderr } = await run({
      PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
    });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.equal(`Node.js v${version} is there.\n`);
  });

  it('installs the version of whoever made the folder', async () => {
    const { code, stdout, stderr } = await run({ PATH: path('tools') });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include(`Node.js v${version} is installed in ${path('home')}.`);
  });

  it('installs instead of one that is too old', async () => {
    mkdirSync(path('old'));
    writeFileSync(path('old', 'node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { stdout } = await run({
      PATH: `${path('old')}:${path('tools')}`,
      LABWRIGHT_NODE_HOME: path('home-2'),
    });
    expect(stdout).to.include('is installed');
  });

  it('installs nothing whose sum is another one', async () => {
    sums('1'.repeat(64));
    const { code, stdout } = await run({ PATH: path('tools'), LABWRIGHT_NODE_HOME: path('home-3') });
    expect(code).to.not.equal(0);
    expect(stdout).to.not.include('is installed');
  });
});
