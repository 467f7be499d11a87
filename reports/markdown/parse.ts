/** Markdown by other people, parsed into tokens that hold nothing a document has to fear. */
import MarkdownIt, { type Token } from 'markdown-it';
import { cleanText } from '../plain-text.ts';
import { isInlineImage, isLocalPath, isRemoteImage, isSafeLink } from './link-policy.ts';

const parser = new MarkdownIt({ html: false, linkify: false });
// Every address is accepted here and judged below, so that a refused link loses its address and keeps its words.
parser.validateLink = () => true;

/** Where the document finds a picture that was written as a path; undefined when it has none. */
type OwnPicture = (path: string) => string | undefined;
/** Where a link leads that is neither of the web nor of mail; undefined when nowhere. */
type OwnLink = (address: string) => string | undefined;

const none = () => undefined;

/**
 * Parses Markdown without raw HTML. Links with other addresses than http, https and mailto are reduced to their
 * words, pictures that are neither remote nor inline nor the document's own to their description, and headings start
 * at `headingLevel`.
 */
export function parseUntrusted(
  markdown: string,
  headingLevel: number,
  own: OwnPicture = none,
  ownLink: OwnLink = none,
): Token[] {
  const tokens = parser.parse(cleanText(markdown), {});
  for (const token of tokens) token.children = token.children && withoutRefused(token.children, own, ownLink);
  demoteHeadings(tokens, headingLevel);
  return tokens;
}

/** Parses Markdown of one line: code, emphasis and links, judged in the same way; what begins a block is text. */
export function parseInlineUntrusted(markdown: string): Token[] {
  return parser
    .parseInline(cleanText(markdown), {})
    .flatMap(({ children }) => withoutRefused(children ?? [], none, none));
}

function withoutRefused(tokens: readonly Token[], own: OwnPicture, ownLink: OwnLink): Token[] {
  const kept: Token[] = [];
  const links: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const within = ownLink(addressOf(token));
      if (within !== undefined) token.attrSet('href', within);
      const safe = within !== undefined || isSafeLink(addressOf(token));
      links.push(safe);
      if (safe) kept.push(token);
    } else if (token.type === 'link_close') {
      if (links.pop()) kept.push(token);
    } else if (token.type === 'image') {
      kept.push(withAddress(token, own) ? token : asText(token));
      token.meta = { insideLink: links.includes(true) };
    } else {
      kept.push(token);
    }
  }
  return kept;
}

/** Gives a picture of the learner's own its address. @returns whether the picture may be shown at all */
function withAddress(image: Token, own: OwnPicture): boolean {
  const address = addressOf(image);
  if (isRemoteImage(address) || isInlineImage(address)) return true;
  const path = isLocalPath(address) ? decoded(address) : undefined;
  const found = path === undefined ? undefined : own(path);
  if (found !== undefined) image.attrSet('src', found);
  return found !== undefined;
}

/** The path as it was written: the parser encodes spaces and letters beyond ASCII. */
function decoded(address: string): string {
  try {
    return cleanText(decodeURIComponent(address));
  } catch {
    return address;
  }
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
