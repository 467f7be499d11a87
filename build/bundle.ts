/**
 * Bundles the command into a few files. Its own modules and those of the AWS SDK are several hundred, and loading them
 * one by one takes three times as long as all the rest of a start (docs/benchmarks.md, sandbox-start).
 */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { type BuildOptions, build } from 'esbuild';
import { lazyChildProcess } from './lazy-child-process.ts';
import { leaveDynamicImports } from './leave-dynamic-imports.ts';
import { licencesOf } from './licences.ts';
import { precompileTemplates } from './precompile-templates.ts';

const outdir = 'dist/cli';
const shared = {
  outdir,
  outbase: 'cli',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // ES modules where a package has them: what nobody imports of those is left out.
  mainFields: ['module', 'main'],
  // Loaded from their packages: a native module, one whose sources are patched as they load, a queue that finds its client by
  // `require` and runs files of its own, and our own resources.
  external: ['bullmq', 'classic-level', 'dynalite', 'ioredis', 'labwright', '#labs/*', '#templates/*'],
  // CommonJS packages call `require`, which an ES module does not have.
  banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
} satisfies BuildOptions;

// The command line is one file, and of the kind that Node loads fastest: both are felt in `labwright --help` (docs/benchmarks.md, help).
const imports = leaveDynamicImports('cli');
const main = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  banner: {},
  plugins: [imports.plugin, lazyChildProcess],
});
const commands = await build({
  ...shared,
  // A thread begins with a file of its own.
  entryPoints: [...imports.left(), 'cli/regrading/thread.ts'],
  splitting: true,
  plugins: [precompileTemplates],
});

const twice = Object.keys(commands.metafile.inputs).filter((file) =>
  file.includes('node_modules/commander/'),
);
if (twice.length > 0) {
  await rm(outdir, { recursive: true });
  throw new Error(
    'A command loads commander once more. Move what it imports out of the file that defines its options.',
  );
}
await chmod(`${outdir}/main.cjs`, 0o755);
// Where `npx` in a clone goes on looking that it ran in before: it keeps links to what a package's command was.
await writeFile(`${outdir}/main.js`, "#!/usr/bin/env node\nimport './main.cjs';\n", { mode: 0o755 });

/** The script of `labwright serve`'s page, for browsers that are kept up to date. */
const page = await build({
  entryPoints: { 'lab-page': 'cli/serve/browser/main.ts' },
  outdir: 'dist/browser',
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  tsconfig: 'cli/serve/browser/tsconfig.json',
  metafile: true,
});
await writeFile(
  'dist/THIRD-PARTY-LICENSES.txt',
  await licencesOf([main, commands, page].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);
