/** A Markdown document of ours as a page in the same style as all others. */
import { createHash } from 'node:crypto';
import type { Token } from 'markdown-it';
import { loadTemplate } from '../handlebars.ts';
import { parseUntrusted } from '../markdown/parse.ts';
import { printHtml } from '../markdown/to-html.ts';
import { templateSource } from '../templates.ts';
import { slugOf } from './slug.ts';

/** A page of the same site, or a heading. What other people wrote holds none such any more when it gets here. */
const withinSite = /^(?:(?:\.\.\/)*(?:[a-z][\w-]*\/)*[a-z][\w-]*\.md)?(?:#[^\s"<>]*)?$/;

interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

/**
 * Renders a document as one page that asks no other host for anything and runs no script. Links to other Markdown documents
 * lead to their pages.
 *
 * @param markdown begins with its title
 */
export async function renderPage(markdown: string): Promise<string> {
  const tokens = parseUntrusted(
    markdown,
    1,
    () => undefined,
    (address) => (withinSite.test(address) ? address.replace(/\.md(?=#|$)/, '.html') : undefined),
  );
  const headings = anchorHeadings(tokens);
  const start = tokens.findIndex(({ type }) => type === 'heading_close') + 1;
  const [template, ...sheets] = await Promise.all([
    loadTemplate<object>('document', 'html'),
    templateSource('write-up.css'),
    templateSource('guide.css'),
    templateSource('document.css'),
  ]);
  const css = sheets.join('\n');
  return template({
    title: headings[0]?.text ?? '',
    body: printHtml(tokens.slice(start)),
    contents: headings.filter(({ level }) => level === 2),
    css,
    cssHash: createHash('sha256').update(css).digest('base64'),
  });
}

/** Gives headings the anchors that links name; a second one of the same words is told apart. */
function anchorHeadings(tokens: readonly Token[]): Heading[] {
  const seen = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]?.children ?? []);
    const slug = slugOf(text);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    const anchor = times === 0 ? slug : `${slug}-${times}`;
    token.attrSet('id', anchor);
    return [{ level: Number(token.tag.slice(1)), text, anchor }];
  });
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('');
}
