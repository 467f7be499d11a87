/** What is published: packed, installed in an empty folder with nothing else, and used. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { expect } from 'chai';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import manifest from '../../package.json' with { type: 'json' };
import { temporaryFolder } from '../support/temporary-folder.ts';
import { consumer } from './consumer.ts';
import { Installed, install, type Packed, pack, root, run } from './installed-package.ts';

const exampleName = 'labwright-checks-table-safety';
const firstLab = 'encrypt-data-with-kms';

describe('the packed package', function () {
  this.timeout(300_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let packed: Packed;
  let labwright: Installed;
  const place = (path: string) => join(folder.path, 'node_modules/labwright', path);

  before('pack and install', async () => {
    folder = await temporaryFolder();
    packed = await pack(root, folder.path);
    await install(folder.path, [packed, await pack(join(root, 'examples/own-checks'), folder.path)]);
    labwright = new Installed(folder.path);
  });
  after(() => folder.remove());

  const texts = () =>
    Promise.all(
      packed.paths
        .filter((path) => /\.(c?js|d\.ts|json|ya?ml|hbs|css|md|txt)$/.test(path))
        .map(async (path) => ({ path, text: await readFile(place(path), 'utf8') })),
    );

  it('holds the built program, labs and templates, and nothing else', () => {
    const { paths } = packed;
    expect(
      paths.filter((path) => !/^(dist|labs|templates)\/|^(package\.json|README\.md|LICENSE)$/.test(path)),
    ).to.deep.equal([]);
    expect(paths).to.include.members([
      'dist/index.js',
      'dist/index.d.ts',
      'dist/api/mocha.js',
      'dist/cli/main.cjs',
      'dist/browser/lab-page.js',
      `labs/${firstLab}/lab.yaml`,
      'LICENSE',
      'README.md',
    ]);
    const foreign = /(^|\/)(tests?|bench|build|examples)\/|\.(test|spec)\.|\.map$|(?<!\.d)\.ts$/;
    expect(paths.filter((path) => foreign.test(path))).to.deep.equal([]);
  });

  it('holds no secret, that of a solution neither', async () => {
    for (const { path, text } of await texts()) {
      expect(text, path).not.to.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\w+/]/);
      expect(text, path).not.to.match(/\b(AKIA|ASIA)(?!.{0,20}EXAMPLE)[A-Z2-7]{16}\b/);
      if (!path.startsWith('labs/')) continue;
      // A password or a key in a solution is drawn when it is carried out.
      for (const [, value] of text.matchAll(/\b(?:Password|SecretAccessKey|SessionToken): *([^\s,}]+)/g))
        expect(value, path).to.equal('"${random.password}"');
    }
  });

  it('loads what it depends on, and no tool of its makers', async () => {
    const allowed = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
    ]);
    let seen = 0;
    for (const { path, text } of await texts()) {
      if (!/^dist\/(?!cli\/|browser\/).*\.(js|d\.ts)$/.test(path)) continue;
      for (const [, name = ''] of text.matchAll(
        /(?:^(?:import|export)\b[^;'"]*?\bfrom |^import |\bimport\()['"]([^.#'"][^'"]*)['"]/gm,
      )) {
        if (isBuiltin(name)) continue;
        seen += 1;
        expect([...allowed], path).to.include(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]);
      }
    }
    expect(seen).to.be.above(100);
    const installed = Object.keys(manifest.devDependencies).filter((name) =>
      existsSync(join(folder.path, 'node_modules', name)),
    );
    expect(installed).to.deep.equal([]);
  });

  it('passes publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: place('.'), pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).to.deep.equal([]);
  });

  it('has types that are right for whoever imports it', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(packed.file)));
    if (!('problems' in analysis)) throw new Error('The package has no types.');
    expect(Object.keys(analysis.entrypoints)).to.deep.equal(['.', './mocha', './package.json']);
    // It is for `import` alone. Node 10, and a compiler of its time, knew no `exports`.
    const wrong = analysis.problems.filter(
      (problem) =>
        !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('compiles for who uses TypeScript 5 or 7', async () => {
    await writeFile(join(folder.path, 'consumer.ts'), consumer);
    const five = createRequire(fileURLToPath(import.meta.resolve('@arethetypeswrong/core')));
    const compilers = { five: five.resolve('typescript'), seven: import.meta.resolve('typescript') };
    const binOf = (module: string) =>
      join(dirname(module.startsWith('file:') ? fileURLToPath(module) : module), '../bin/tsc');
    const compile = async (compiler: keyof typeof compilers, module: string, moduleResolution: string) => {
      const version = (await run(process.execPath, [binOf(compilers[compiler]), '--version'])).stdout;
      expect(version).to.match(compiler === 'five' ? /^Version 5\./ : /^Version 7\./);
      const file = `tsconfig.${compiler}.${moduleResolution}.json`;
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2023',
        strict: true,
        noEmit: true,
        types: [],
      };
      await writeFile(join(folder.path, file), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      const { stdout } = await run(
        process.execPath,
        [binOf(compilers[compiler]), '-p', file, '--pretty', 'false'],
        {
          cwd: folder.path,
        },
      ).catch((error: { stdout: string }) => error);
      // The AWS SDK's own types ask for those of Node.js, which are not installed here.
      const own = stdout
        .split('\n')
        .filter((line) => line !== '' && !/^(node_modules\/@(smithy|aws-sdk)\/| )/.test(line));
      expect(own, `${compiler} ${moduleResolution}`).to.deep.equal([]);
    };
    await Promise.all([
      compile('seven', 'nodenext', 'nodenext'),
      compile('seven', 'esnext', 'bundler'),
      compile('five', 'node16', 'node16'),
    ]);
  });

  it('says of every command what it takes', async () => {
    const { stdout } = await labwright.run(['--help']);
    const listed = stdout.slice(stdout.indexOf('Commands:'));
    const commands = [...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
    expect(commands).to.include.members(['demo', 'check', 'verify', 'grade', 'worker', 'export']);
    const wanted = [...commands.map((name) => [name]), ['roster', 'check'], ['sandbox', 'peek']];
    for (let at = 0; at < wanted.length; at += 4) {
      const some = wanted.slice(at, at + 4).filter(([name]) => name !== 'help');
      await Promise.all(
        some.map(async (names) => {
          const { code, stdout: help, stderr } = await labwright.run([...names, '--help']);
          expect({ names, code, stderr }).to.deep.equal({ names, code: 0, stderr: '' });
          expect(help).to.include(`Usage: labwright ${names.join(' ')}`);
        }),
      );
    }
  });

  it('does the whole lab in the demo, and hands its result on', async () => {
    const demo = await labwright.run(['demo']);
    expect(demo.stdout).to.include('100/100 points');
    const result = 'labwright-demo/result.json';
    const exported = await labwright.run(['export', result, '--as', 'junit']);
    expect(exported.code, exported.stderr).to.equal(0);
    expect(exported.stdout).to.include('<testsuites');
    const verified = await labwright.run(['verify-result', result]);
    expect(verified.stdout).to.match(/self-attested|nobody signed/i);
  });

  it('does on a sandbox what a learner does', async () => {
    const sandbox = await labwright.start(['sandbox', '--port', '0'], /AWS_DEFAULT_REGION/);
    const env = Object.fromEntries(
      [...sandbox.stdout.matchAll(/^export (\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const does = async (...args: readonly string[]) => {
      const ended = await labwright.run(args, env);
      expect(ended.code, `${args.join(' ')}\n${ended.stdout}${ended.stderr}`).to.equal(0);
      return ended.stdout;
    };
    try {
      await does('solve', firstLab, 'key', 'table');
      expect(await does('check', firstLab, 'key', 'table')).to.include('30/100 points');
      expect(await does('guide', firstLab)).to.include('Put data in');
      await does('answer', firstLab, '--set', 'what-is-kms=KMS keeps keys.');
      await does('report', firstLab);
      await does('explain', 'administrator', 'kms:DescribeKey', 'alias/nextwork-kms-key');
      await does('regrade', firstLab, '--recordings', join('.labwright', firstLab, 'recordings'));
      await does('doctor', firstLab);
      await does('clean', firstLab, '--yes');
    } finally {
      await sandbox.stop();
    }
  });

  it('does without any account what needs none', async () => {
    await writeFile(join(folder.path, 'write-up.md'), '# Encrypt Data with AWS KMS\n\nI made a key.\n');
    await writeFile(join(folder.path, 'class.csv'), 'id,role\nada,arn:aws:iam::111122223333:role/grader\n');
    const labs = await labwright.run(['labs', '--json']);
    expect(JSON.parse(labs.stdout)).to.have.property('schema', 'labwright/labs/v1');
    const commands = [
      ['verify', firstLab, '--only', 'mistakes/no-alias'],
      ['role', firstLab, '--instructor', '111122223333'],
      ['keygen', 'mine.key'],
      ['import', 'write-up.md', '--lab', firstLab, '--dry-run'],
      ['roster', 'check', 'class.csv', '--lab', firstLab],
    ];
    for (const args of commands) {
      const { code, stdout, stderr } = await labwright.run(args);
      expect(code, `${args.join(' ')}\n${stdout}${stderr}`).to.equal(0);
    }
    const page = await labwright.start(['serve', firstLab, '--sandbox'], /^http:\/\/127\.0\.0\.1:\d+\//m);
    await page.stop();
    // What is loaded from its package, and only where it is needed: the queue.
    const refused = await labwright.run(['worker', '--queue', 'redis://127.0.0.1:1']);
    expect(refused).to.include({ code: 2 });
    expect(refused.stderr).to.include('nothing listens there');
  });

  it("loads an author's package that is installed beside it, and proves its lab", async () => {
    const lab = join('node_modules', exampleName, 'lab');
    const verified = await labwright.run(['verify', lab, '--checks', exampleName]);
    expect(verified.code, verified.stdout + verified.stderr).to.equal(0);
    expect(verified.stdout).to.match(/^(\d+) of \1 claims hold\.$/m);
    const unnamed = await labwright.run(['verify', lab]);
    expect(unnamed).to.include({ code: 2 });
    expect(unnamed.stderr).to.include('There is no check "table-safety/deletion-protection"');
  });
});
