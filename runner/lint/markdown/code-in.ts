/** The code of a Markdown text, and where in the text it stands. */
import { lineStart, markdownParser } from './parser.ts';

export interface Code {
  /** What a fenced block says it is (`sh`), in lower case; empty where it says nothing. */
  readonly language: string;
  readonly isBlock: boolean;
  readonly code: string;
  /** From a place in the code to the same place in the Markdown, both characters from 0. */
  readonly placeOf: (offset: number) => number;
}

/** Blocks and code within lines, in order. */
export function codeIn(markdown: string): Code[] {
  const lines = markdown.split('\n');
  return markdownParser.parse(markdown, {}).flatMap((token): Code[] => {
    const [from, to] = token.map ?? [0, 0];
    if (token.type === 'fence' || token.type === 'code_block') {
      const first = token.type === 'fence' ? from + 1 : from;
      const language = token.info.trim().split(/\s/, 1)[0]?.toLowerCase() ?? '';
      return [
        {
          language,
          isBlock: true,
          code: token.content,
          placeOf: (at) => placeInBlock(at, token.content, first),
        },
      ];
    }
    if (token.type !== 'inline') return [];
    let next = lineStart(markdown, from);
    const end = lineStart(markdown, to);
    return (token.children ?? []).flatMap((child): Code[] => {
      if (child.type !== 'code_inline') return [];
      // A line break within the code became a space.
      const found = markdown.slice(next, end).search(escaped(child.content));
      const start = found === -1 ? next : next + found;
      next = start + child.content.length;
      return [{ language: '', isBlock: false, code: child.content, placeOf: (at) => start + at }];
    });
  });

  /** A line of the code is the end of its line of the text: indentation and the signs of quotations come before. */
  function placeInBlock(at: number, code: string, first: number): number {
    const before = code.slice(0, at).split('\n');
    const line = first + before.length - 1;
    const codeLine = code.split('\n')[before.length - 1] ?? '';
    const indent = Math.max(0, (lines[line] ?? '').length - codeLine.length);
    return lineStart(markdown, line) + indent + (before.at(-1) ?? '').length;
  }
}

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s'));
}
