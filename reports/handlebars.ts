/** Handlebars environments: one for HTML, which escapes by itself, and one for Markdown, whose helpers escape. */
import { readdir, readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import { codeSpan, destination, escapeText, fencedBlock } from './markdown/escape.ts';
import { proseHtml } from './markdown/to-html.ts';
import { prefixLines, proseMarkdown } from './markdown/to-markdown.ts';

type Format = 'html' | 'md';

const helpers: Readonly<Record<Format, Handlebars.HelperDeclareSpec>> = {
  html: {
    prose: (source: string, level: number) => new Handlebars.SafeString(proseHtml(source, level)),
  },
  md: {
    text: (value: string) => escapeText(value),
    address: (value: string) => destination(value),
    code: (value: string) => codeSpan(value),
    prose: (source: string, level: number) => proseMarkdown(source, level),
    indentedProse: (source: string, level: number, prefix: string) =>
      prefixLines(proseMarkdown(source, level), prefix),
    block: (content: string, language: string) => fencedBlock(content, language),
    indentedBlock: (content: string, language: string, prefix: string) =>
      prefixLines(fencedBlock(content, language), prefix),
  },
};

/**
 * Loads `templates/<name>.<format>.hbs` with the partials of its format. Templates are strict: a name that the
 * context lacks is an error.
 */
export async function loadTemplate<Context>(
  name: string,
  format: Format,
): Promise<(context: Context) => string> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers[format]);
  const file = templateFile(`${name}.${format}.hbs`);
  const partials = new URL(`partials/${format}/`, file);
  for (const partial of await readdir(partials)) {
    const source = await readFile(new URL(partial, partials), 'utf8');
    // A file's last line end would put a space before the punctuation that follows a partial inside a sentence.
    handlebars.registerPartial(partial.replace(/\.hbs$/, ''), format === 'html' ? source.trimEnd() : source);
  }
  const template = handlebars.compile<Context>(await readFile(file, 'utf8'), {
    strict: true,
    noEscape: format === 'md',
    preventIndent: true,
  });
  return (context) => template(context);
}

/** Reads a file of `templates/` as text. */
export function readTemplateFile(name: string): Promise<string> {
  return readFile(templateFile(name), 'utf8');
}

function templateFile(name: string): URL {
  return new URL(import.meta.resolve(`#templates/${name}`));
}
