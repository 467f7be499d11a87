/** What is published: packed, installed in an empty folder with nothing else, and run. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bareEnvironment } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the packed package', () => {
  it('installs without dev dependencies and does the whole lab', async function () {
    this.timeout(300_000);
    const folder = await temporaryFolder();
    try {
      const packed = await run(
        'npm',
        ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path],
        { cwd: root },
      );
      const [{ filename, files }] = JSON.parse(packed.stdout) as [
        { filename: string; files: { path: string }[] },
      ];
      const paths = files.map((file) => file.path);
      expect(
        paths.filter((path) => !/^(dist|labs|templates)\/|^(package\.json|README\.md|LICENSE)$/.test(path)),
      ).to.deep.equal([]);
      expect(paths).to.include.members([
        'dist/cli/main.cjs',
        'dist/browser/lab-page.js',
        'labs/encrypt-data-with-kms/lab.yaml',
        'LICENSE',
        'README.md',
      ]);

      await writeFile(join(folder.path, 'package.json'), '{ "private": true }');
      const install = [
        'install',
        '--omit=dev',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
        join(folder.path, filename),
      ];
      await run('npm', install, { cwd: folder.path });
      const demo = await run(join(folder.path, 'node_modules/.bin/labwright'), ['demo'], {
        cwd: folder.path,
        env: bareEnvironment(),
      });
      expect(demo.stdout).to.include('100/100 points');

      // What is loaded from its package, and only where it is needed: the queue.
      const refused = await run(
        join(folder.path, 'node_modules/.bin/labwright'),
        ['worker', '--queue', 'redis://127.0.0.1:1'],
        { cwd: folder.path, env: bareEnvironment() },
      ).catch((error: { code: number; stderr: string }) => error);
      expect(refused).to.include({ code: 2 });
      expect(refused.stderr).to.include('nothing listens there');
    } finally {
      await folder.remove();
    }
  });
});
