/**
 * Bundles the command into a few files. Its own modules and those of the AWS SDK are several hundred, and loading them
 * one by one takes three times as long as all the rest of a start (docs/benchmarks.md, sandbox-start).
 */
import { chmod, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { licencesOf } from './licences.ts';

const outdir = 'dist/cli';

const { metafile } = await build({
  entryPoints: ['cli/main.ts'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // ES modules where a package has them: what nobody imports of those is left out.
  mainFields: ['module', 'main'],
  // Loaded from their packages: a native module, one whose sources are patched as they load, and our own resources.
  external: ['classic-level', 'dynalite', 'labwright', '#labs/*', '#templates/*'],
  // CommonJS packages call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
});
await chmod(`${outdir}/main.js`, 0o755);

/** The script of `labwright serve`'s page, for browsers that are kept up to date. */
await build({
  entryPoints: { 'lab-page': 'cli/serve/browser/main.ts' },
  outdir: 'dist/browser',
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  tsconfig: 'cli/serve/browser/tsconfig.json',
});
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licencesOf(Object.keys(metafile.inputs)));
