/** Handlebars environments: one for HTML, which escapes by itself, and one for Markdown, whose helpers escape. */
import Handlebars from 'handlebars';
import { codeSpan, destination, escapeText, fencedBlock } from './markdown/escape.ts';
import { parseInlineUntrusted } from './markdown/parse.ts';
import { printInline } from './markdown/print-inline.ts';
import { proseHtml } from './markdown/to-html.ts';
import { prefixLines, proseMarkdown } from './markdown/to-markdown.ts';
import type { PictureAddress } from './picture.ts';
import { precompiled } from './precompiled.ts';
import { compileOptions, type Format, sourceOf } from './template-form.ts';
import { partialSources, TemplateError, type TemplateSources, templateSource } from './templates.ts';

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
    cell: (source: string) => printInline(parseInlineUntrusted(source), true).replace(/\\?\n/g, ' '),
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
  const helpers = Object.fromEntries(
    Object.entries(helpersOf(format, picture, figure)).map(([helper, work]) => [helper, given(helper, work)]),
  );
  return (context) => template(context, { helpers });
}

/** A helper that says so when it is given something that the context lacks, as strict templates do elsewhere. */
function given(name: string, work: Handlebars.HelperDelegate): Handlebars.HelperDelegate {
  return (...values: unknown[]) => {
    const { loc } = values.at(-1) as { readonly loc: hbs.AST.SourceLocation };
    if (values.includes(undefined)) {
      // Handlebars takes the line from the node that it is told.
      const node = { type: 'MustacheStatement', loc } satisfies hbs.AST.Node;
      throw new Handlebars.Exception(`"${name}" is given what is not part of what is shown here.`, node);
    }
    return work(...values);
  };
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
  const compile = (path: string, source: string) =>
    compiled(handlebars, path, source, format, own?.has(path) ?? false);
  for (const [path, source] of own ? await partialSources(format, own) : await ourPartials(format)) {
    const partial = path.replace(/^.*\//, '').replace(/\.hbs$/, '');
    handlebars.registerPartial(partial, compile(path, sourceOf(path, source, format)));
  }
  const path = `${name}.${format}.hbs`;
  const isReady = !own && precompiled.has(path);
  return compile(path, isReady ? '' : await templateSource(path, own));
}

/** Sources by path; what is compiled already needs none. */
async function ourPartials(format: Format): Promise<Iterable<readonly [string, string]>> {
  if (precompiled.size === 0) return partialSources(format);
  const paths = [...precompiled.keys()].filter((path) => path.startsWith(`partials/${format}/`));
  return paths.map((path) => [path, ''] as const);
}

function compiled(
  handlebars: typeof Handlebars,
  path: string,
  source: string,
  format: Format,
  isOwn: boolean,
): Handlebars.TemplateDelegate {
  const located = <Value>(work: () => Value) => {
    try {
      return work();
    } catch (error) {
      // What went wrong in a partial has been located there.
      throw error instanceof TemplateError ? error : faultOf(path, source, error);
    }
  };
  let template: Handlebars.TemplateDelegate | undefined;
  const read = () => {
    const ready = isOwn ? undefined : precompiled.get(path);
    template ??= ready
      ? handlebars.template(ready as TemplateSpecification)
      : handlebars.compile(handlebars.parse(source), compileOptions(format));
    return template;
  };
  // Somebody's own is read at once, since a mistake is to be told also where it is not used. Of ours most are not.
  if (isOwn) located(read);
  return (context, runtime) => located(() => read()(context, runtime));
}

/** In which template and line an error is, in plain words. */
function faultOf(path: string, source: string, error: unknown): TemplateError {
  const { message, lineNumber } = error as Error & { readonly lineNumber?: number };
  const [first = '', ...rest] = message.split('\n');
  const parsing = /^Parse error on line (\d+):$/.exec(first)?.[1];
  if (parsing !== undefined) {
    const seen = rest.join(' ').match(/got '(.*)'/)?.[1];
    const what =
      seen === undefined ? 'It cannot be read here.' : `It cannot be read here: unexpected ${seen}.`;
    return new TemplateError(path, Number(parsing), what);
  }
  const partial = /^The partial (.+) could not be found$/.exec(first)?.[1];
  if (partial !== undefined) {
    const before = source.slice(0, Math.max(0, source.indexOf(`> ${partial}`)));
    return new TemplateError(path, before.split('\n').length, `There is no partial "${partial}".`);
  }
  const missing = /^"(.*)" not defined in /.exec(first)?.[1];
  const what =
    missing !== undefined
      ? `"${missing}" is not part of what is shown here.`
      : error instanceof TypeError
        ? 'It asks for a part of something that has none.'
        : first.replace(/ - \d+:\d+$/, '');
  return new TemplateError(path, lineNumber, what);
}
