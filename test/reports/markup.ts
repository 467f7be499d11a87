/** Reading back what the reports wrote, to see what a browser or GitHub would make of it. */
import MarkdownIt, { type Token } from 'markdown-it';

const permissive = new MarkdownIt({ html: true });
permissive.validateLink = () => true;

/** Parses Markdown like GitHub before it cleans up: raw HTML counts, and every address does. */
export function parseMarkdown(markdown: string): Token[] {
  return permissive.parse(markdown, {});
}

/** All tokens, those inside lines and picture descriptions included. */
export function flatten(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...flatten(token.children ?? [])]);
}

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The opening tags of HTML written by a program.
 *
 * @throws Error at a `<` that begins no well-formed tag, which a browser might read in its own way
 */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const pattern =
    /<(?:!doctype html|\/[a-z][a-z0-9]*|([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*\/?)>/y;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', pattern.lastIndex)) {
    pattern.lastIndex = at;
    const match = pattern.exec(html);
    if (!match) throw new Error(`no well-formed tag: ${html.slice(at, at + 80)}`);
    const [, name, attributes = ''] = match;
    if (name) tags.push({ name, attributes: attributesOf(attributes) });
  }
  return tags;
}

function attributesOf(text: string): Map<string, string> {
  const pairs = text.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g);
  return new Map([...pairs].map(([, name = '', value = '']) => [name, unescapeHtml(value)]));
}

function unescapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|[a-z]+);/gi, (entity, hex?: string, decimal?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return named[entity] ?? String.fromCodePoint(code);
  });
}
