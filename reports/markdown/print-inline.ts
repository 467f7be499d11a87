/** Inline Markdown tokens printed as Markdown again, every character of text escaped. */
import type { Token } from 'markdown-it';
import { destination, escapeInline, fenced } from './escape.ts';
import { addressOf, descriptionOf } from './parse.ts';

/** Prints inline tokens. `inTable`: code must not hold a bare `|`, which would end the cell. */
export function printInline(tokens: readonly Token[], inTable: boolean): string {
  // A stack of my own, not recursion: emphasis can be nested as deep as the text is long.
  const frames: { opener: Token | undefined; text: string }[] = [{ opener: undefined, text: '' }];
  for (const token of tokens) {
    if (token.nesting === 1) {
      frames.push({ opener: token, text: '' });
      continue;
    }
    const closed = token.nesting === -1 ? frames.pop() : undefined;
    const printed = closed?.opener ? printSpan(closed.opener, closed.text) : printLeaf(token, inTable);
    const frame = frames.at(-1);
    if (frame) frame.text += separatorBetween(frame.text, printed) + printed;
  }
  return frames.map(({ text }) => text).join('');
}

/** Two code spans side by side would read as one. */
function separatorBetween(before: string, after: string): string {
  return before.endsWith('`') && !before.endsWith('\\`') && after.startsWith('`') ? ' ' : '';
}

function printLeaf(token: Token, inTable: boolean): string {
  switch (token.type) {
    case 'code_inline': {
      const code = fenced(token.content);
      return inTable ? code.replaceAll('|', '\\|') : code;
    }
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return '\\\n';
    case 'image':
      return `![${escapeInline(descriptionOf(token))}](${destination(addressOf(token))})`;
    default:
      return escapeInline(token.content);
  }
}

function printSpan(opener: Token, inner: string): string {
  if (opener.type === 'link_open') return `[${inner}](${destination(addressOf(opener))})`;
  // Markers only work right beside their words, and a marker beside a space could begin a list.
  const words = inner.trim();
  if (words === '') return inner;
  const start = inner.indexOf(words);
  const after = inner.slice(start + words.length);
  return `${inner.slice(0, start)}${opener.markup}${words}${opener.markup}${after}`;
}
