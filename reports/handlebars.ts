/** Handlebars environments: one for HTML, which escapes by itself, and one for Markdown, whose helpers escape. */
import Handlebars from 'handlebars';
import { codeSpan, destination, escapeText, fencedBlock } from './markdown/escape.ts';
import { proseHtml } from './markdown/to-html.ts';
import { prefixLines, proseMarkdown } from './markdown/to-markdown.ts';
import type { PictureAddress } from './picture.ts';
import { partialSources, TemplateError, type TemplateSources, templateSource } from './templates.ts';

type Format = 'html' | 'md';

export interface TemplateSettings {
  /** Where the document has the learner's pictures; none when absent. */
  readonly picture?: PictureAddress;
  /** How the document shows a figure of the view, ready to be put in. */
  readonly figure?: (view: object) => string;
  /** Templates that stand in for ours. */
  readonly own?: TemplateSources | undefined;
}

function helpersOf(
  format: Format,
  picture: PictureAddress,
  figure: (view: object) => string,
): Record<string, Handlebars.HelperDelegate> {
  const address = (path: string) => picture(path) ?? '';
  if (format === 'html') {
    return {
      picture: address,
      figure: (view: object) => new Handlebars.SafeString(figure(view)),
      prose: (source: string, level: number) => new Handlebars.SafeString(proseHtml(source, level, picture)),
    };
  }
  return {
    picture: (path: string) => destination(address(path)),
    figure,
    text: (value: string) => escapeText(value),
    address: (value: string) => destination(value),
    code: (value: string) => codeSpan(value),
    prose: (source: string, level: number) => proseMarkdown(source, level, picture),
    indentedProse: (source: string, level: number, prefix: string) =>
      prefixLines(proseMarkdown(source, level, picture), prefix),
    block: (content: string, language: string) => fencedBlock(content, language),
    indentedBlock: (content: string, language: string, prefix: string) =>
      prefixLines(fencedBlock(content, language), prefix),
  };
}

/**
 * Loads `templates/<name>.<format>.hbs` with the partials of its format. Templates are strict: a name that the
 * context lacks is an error.
 *
 * @throws TemplateError when a template cannot be read, or asks for what is not there when it is rendered
 */
export async function loadTemplate<Context>(
  name: string,
  format: Format,
  { picture = () => undefined, figure = () => '', own }: TemplateSettings = {},
): Promise<(context: Context) => string> {
  const template = await (own ? readTemplate(name, format, own) : ownTemplate(name, format));
  const helpers = helpersOf(format, picture, figure);
  return (context) => template(context, { helpers });
}

const read = new Map<string, Promise<Handlebars.TemplateDelegate>>();

/** Our own templates do not change while the program runs. */
function ownTemplate(name: string, format: Format): Promise<Handlebars.TemplateDelegate> {
  const path = `${name}.${format}`;
  const known = read.get(path) ?? readTemplate(name, format);
  read.set(path, known);
  return known;
}

async function readTemplate(
  name: string,
  format: Format,
  own?: TemplateSources,
): Promise<Handlebars.TemplateDelegate> {
  const handlebars = Handlebars.create();
  // It would write to the terminal.
  handlebars.unregisterHelper('log');
  const compile = (path: string, source: string) => compiled(handlebars, path, source, format);
  for (const [path, source] of await partialSources(format, own)) {
    const partial = path.replace(/^.*\//, '').replace(/\.hbs$/, '');
    // A file's last line end would put a space before the punctuation that follows a partial inside a sentence.
    handlebars.registerPartial(partial, compile(path, format === 'html' ? source.trimEnd() : source));
  }
  const path = `${name}.${format}.hbs`;
  return compile(path, await templateSource(path, own));
}

function compiled(
  handlebars: typeof Handlebars,
  path: string,
  source: string,
  format: Format,
): Handlebars.TemplateDelegate {
  const options = { strict: true, noEscape: format === 'md', preventIndent: true };
  const template = located(path, () => handlebars.compile(handlebars.parse(source), options));
  return (context, runtime) => located(path, () => template(context, runtime));
}

/** Says of an error in which template it is, and in which line. */
function located<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    // What went wrong in a partial has been located there.
    if (error instanceof TemplateError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const parsing = /^Parse error on line (\d+):\n/.exec(message)?.[1];
    const line = parsing ?? (error as { lineNumber?: number }).lineNumber;
    throw new TemplateError(path, line === undefined ? undefined : Number(line), saying(message));
  }
}

/** Handlebars' own words on one line, without the place that is told apart. */
function saying(message: string): string {
  const [first = '', ...rest] = message.split('\n');
  const expected = rest.find((line) => line.startsWith('Expecting'))?.replace(/^.*, got /, 'unexpected ');
  const undefinedName = /^"(.*)" not defined in /.exec(first)?.[1];
  if (undefinedName !== undefined) return `"${undefinedName}" is not part of what is shown here.`;
  return expected ?? first.replace(/ - \d+:\d+$/, '');
}
