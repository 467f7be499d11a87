/** The addresses that a Markdown text leads to. */
import { lineStart, markdownParser } from './parser.ts';

export interface Link {
  readonly address: string;
  /** Where in the Markdown the address stands, characters from 0. */
  readonly place: number;
}

export function linksIn(markdown: string): Link[] {
  return markdownParser.parse(markdown, {}).flatMap((token) => {
    if (token.type !== 'inline') return [];
    const [from] = token.map ?? [0];
    let next = lineStart(markdown, from);
    return (token.children ?? []).flatMap((child): Link[] => {
      const address = child.attrGet('href') ?? child.attrGet('src');
      if (typeof address !== 'string' || !['link_open', 'image'].includes(child.type)) return [];
      // The parser encodes what an address must not hold; what was written is looked for first.
      const written = [decoded(address), address]
        .map((one) => markdown.indexOf(one, next))
        .filter((at) => at >= 0);
      const place = written[0] ?? next;
      next = place + 1;
      return [{ address, place }];
    });
  });
}

/** Anchors of a text's headings, as GitHub names them. */
export function anchorsIn(markdown: string): Set<string> {
  const tokens = markdownParser.parse(markdown, {});
  return new Set(
    tokens.flatMap((token, index) => {
      if (token.type !== 'heading_open') return [];
      const words = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
      return [
        words
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replace(/\s/g, '-'),
      ];
    }),
  );
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
