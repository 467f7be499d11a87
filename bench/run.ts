/** `npm run bench`: all benchmarks, one after the other; `npm run bench -- NAME`: one. Options are the benchmark's. */
import { readdirSync } from 'node:fs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const helpers = ['run.ts', 'measure.ts'];
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !helpers.includes(name))
  .map((name) => name.slice(0, -3));
const given = process.argv.slice(2);
const options = given.findIndex((argument) => argument.startsWith('--'));
const wanted = options === -1 ? given : given.slice(0, options);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no benchmark ${unknown.join(', ')}; there are: ${names.join(', ')}.`);
for (const name of wanted.length > 0 ? wanted : names) await import(`./${name}.ts`);
