/** Markdown by other people, parsed into tokens that hold nothing a document has to fear. */
import MarkdownIt, { type Token } from 'markdown-it';
import { cleanText } from '../plain-text.ts';
import { isInlineImage, isRemoteImage, isSafeLink } from './link-policy.ts';

const parser = new MarkdownIt({ html: false, linkify: false });
// Every address is accepted here and judged below, so that a refused link loses its address and keeps its words.
parser.validateLink = () => true;

/**
 * Parses Markdown without raw HTML. Links with other addresses than http, https and mailto are reduced to their
 * words, pictures that are neither remote nor inline to their description, and headings start at `headingLevel`.
 */
export function parseUntrusted(markdown: string, headingLevel: number): Token[] {
  const tokens = parser.parse(cleanText(markdown), {});
  for (const token of tokens) token.children = token.children && withoutRefused(token.children);
  demoteHeadings(tokens, headingLevel);
  return tokens;
}

/** Parses Markdown of one line: code, emphasis and links, judged in the same way; what begins a block is text. */
export function parseInlineUntrusted(markdown: string): Token[] {
  return parser
    .parseInline(cleanText(markdown), {})
    .flatMap(({ children }) => withoutRefused(children ?? []));
}

function withoutRefused(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  const links: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const safe = isSafeLink(addressOf(token));
      links.push(safe);
      if (safe) kept.push(token);
    } else if (token.type === 'link_close') {
      if (links.pop()) kept.push(token);
    } else if (token.type === 'image') {
      kept.push(isRemoteImage(addressOf(token)) || isInlineImage(addressOf(token)) ? token : asText(token));
      token.meta = { insideLink: links.includes(true) };
    } else {
      kept.push(token);
    }
  }
  return kept;
}

/** Whether a picture stands in the words of a link, where no other link may be. */
export function isInsideLink(image: Token): boolean {
  return image.meta?.insideLink === true;
}

/** The address of a link or a picture. */
export function addressOf(token: Token): string {
  return String(token.attrGet(token.type === 'image' ? 'src' : 'href') ?? '');
}

/** The description of a picture in plain words. */
export function descriptionOf(image: Token): string {
  const parts = (image.children ?? []).map((child) => {
    if (child.type === 'image') return descriptionOf(child);
    return child.type === 'softbreak' || child.type === 'hardbreak' ? ' ' : child.content;
  });
  return parts.join('').trim();
}

function asText(image: Token): Token {
  const text = Object.assign(Object.create(Object.getPrototypeOf(image)), image) as Token;
  text.type = 'text';
  text.content = descriptionOf(image);
  text.children = null;
  text.attrs = null;
  return text;
}

/** Shifts headings below `base - 1` and closes gaps: the outline has no holes, and siblings stay siblings. */
function demoteHeadings(tokens: readonly Token[], base: number): void {
  const outline: number[] = [];
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
    if (token.type === 'heading_open') {
      const level = Number(token.tag.slice(1));
      while ((outline.at(-1) ?? 0) >= level) outline.pop();
      outline.push(level);
    }
    token.tag = `h${Math.min(6, base - 1 + outline.length)}`;
  }
}
