import { readdir, readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { compileOptions, sourceOf } from '../reports/template-form.ts';

/** Puts compiled templates in the place of `reports/precompiled.ts`. */
export const precompileTemplates: Plugin = {
  name: 'precompile-templates',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]reports[\\/]precompiled\.ts$/ }, async () => ({
      contents: `export const precompiled = new Map([${(await entries()).join(',')}]);`,
    }));
  },
};

async function entries(): Promise<string[]> {
  const files = await readdir('templates', { recursive: true });
  const paths = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.hbs'));
  return Promise.all(
    paths.map(async (path) => {
      const format = /^partials\/md\/|\.md\.hbs$/.test(path) ? 'md' : 'html';
      const source = sourceOf(path, await readFile(`templates/${path}`, 'utf8'), format);
      return `[${JSON.stringify(path)}, ${Handlebars.precompile(source, compileOptions(format))}]`;
    }),
  );
}
