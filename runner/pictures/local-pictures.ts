/** Finds the pictures of a Markdown text that are files, and gives them other addresses. */
import MarkdownIt, { type Token } from 'markdown-it';

const parser = new MarkdownIt({ html: false, linkify: false });
parser.validateLink = () => true;
// Addresses are compared with what is written in the text, so they stay as they are.
parser.normalizeLink = (address) => address;

/** A picture as a text refers to it. */
export interface PictureReference {
  readonly address: string;
  /** Its description, plain words; may be empty. */
  readonly description: string;
}

/** Pictures that are neither on another machine nor in the text itself, each address once. */
export function localPictures(markdown: string): PictureReference[] {
  const found = new Map<string, PictureReference>();
  for (const token of allTokens(parser.parse(markdown, {}))) {
    if (token.type !== 'image') continue;
    const address = String(token.attrGet('src') ?? '');
    if (address === '' || isElsewhere(address) || found.has(address)) continue;
    found.set(address, { address, description: token.content.trim() });
  }
  return [...found.values()];
}

/** The text with other addresses; what is not in `addresses` stays as it was written. */
export function withAddresses(markdown: string, addresses: ReadonlyMap<string, string>): string {
  let text = markdown;
  for (const [from, to] of addresses) {
    const written = from.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    text = text
      .replace(new RegExp(`(\\]\\([ \\t\\n]*)<${written}>`, 'g'), (_, before: string) => before + to)
      .replace(new RegExp(`(\\]\\([ \\t\\n]*)${written}(?=[\\s)])`, 'g'), (_, before: string) => before + to)
      .replace(
        new RegExp(`^( {0,3}\\[[^\\]\\n]{1,200}\\]:[ \\t]*)<?${written}>?(?=\\s|$)`, 'gm'),
        (_, before) => String(before).concat(to),
      );
  }
  return text;
}

/** On another machine, inside the text, or under any other scheme; `C:` is a drive. */
function isElsewhere(address: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:|\/\/|#)/i.test(address);
}

function* allTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.children) yield* allTokens(token.children);
  }
}
