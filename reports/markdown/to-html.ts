/** Untrusted Markdown as HTML for a page that asks no other host for anything. */
import MarkdownIt, { type Token } from 'markdown-it';
import { isInlineImage, isSafeLink } from './link-policy.ts';
import { addressOf, descriptionOf, isInsideLink, parseUntrusted } from './parse.ts';

const markdown = new MarkdownIt({ html: false });
const { rules } = markdown.renderer;
const { escapeHtml } = markdown.utils;

rules.link_open = (tokens, index) => {
  const token = tokens[index];
  return token ? openLink(addressOf(token)) : '';
};

rules.image = (tokens, index) => {
  const token = tokens[index];
  if (!token) return '';
  const address = addressOf(token);
  const description = descriptionOf(token);
  if (isInlineImage(address)) return `<img src="${escapeHtml(address)}" alt="${escapeHtml(description)}">`;
  const words = `Picture: ${escapeHtml(description || address)}`;
  return isInsideLink(token) ? words : `${openLink(address)}${words}</a>`;
};

// A strict style policy forbids the style attributes that markdown-it aligns cells with.
for (const cell of ['th_open', 'td_open'] as const) {
  rules[cell] = (tokens, index) => {
    const token = tokens[index];
    const alignment = /text-align:(left|center|right)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    const scope = cell === 'th_open' ? ' scope="col"' : '';
    return `<${cell.slice(0, 2)}${scope}${alignment ? ` class="align-${alignment}"` : ''}>`;
  };
}
rules.table_open = () => '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>\n';
rules.table_close = () => '</table></div>\n';

/**
 * Renders Markdown by other people. Headings start at `headingLevel` (1 to 6). `own` gives the pictures that are part of
 * the page.
 */
export function proseHtml(
  source: string,
  headingLevel: number,
  own?: (path: string) => string | undefined,
): string {
  return printHtml(parseUntrusted(source, headingLevel, own));
}

/** Prints parsed Markdown. */
export function printHtml(tokens: Token[]): string {
  return markdown.renderer.render(tokens, markdown.options, {});
}

function openLink(address: string): string {
  // Of the same site: only a document of ours has such links.
  if (!isSafeLink(address)) return `<a href="${escapeHtml(address)}">`;
  return `<a href="${escapeHtml(address)}" rel="noopener noreferrer nofollow">`;
}
