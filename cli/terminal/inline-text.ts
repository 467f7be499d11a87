/** Words of Markdown for a terminal: code, emphasis and links. */
import { addressOf, descriptionOf } from '../../reports/markdown/parse.ts';

type Token = Parameters<typeof addressOf>[0];

/** How words of Markdown are set. */
export interface InlineStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  /** Code among words: in backticks where there are no colours. */
  readonly inlineCode: (text: string) => string;
  /** What Markdown emphasises, names above all: in quotes where there are no colours. */
  readonly emphasis: (text: string) => string;
  /** Words that lead to an address, which follows in parentheses where the terminal shows no links. */
  readonly link: (words: string, address: string) => string;
}

/** Sets inline tokens as one line; line ends in the source become spaces. */
export function inlineText(tokens: readonly Token[], style: InlineStyle): string {
  // A stack, not recursion: emphasis can be nested as deep as the text is long.
  const frames: { opener: Token | undefined; text: string }[] = [{ opener: undefined, text: '' }];
  for (const token of tokens) {
    if (token.nesting === 1) {
      frames.push({ opener: token, text: '' });
      continue;
    }
    const closed = token.nesting === -1 ? frames.pop() : undefined;
    const set = closed?.opener ? spanText(closed.opener, closed.text, style) : leafText(token, style);
    const frame = frames.at(-1);
    if (frame) frame.text += set;
  }
  return frames.map(({ text }) => text).join('');
}

function leafText(token: Token, style: InlineStyle): string {
  switch (token.type) {
    case 'code_inline':
      return style.inlineCode(oneLine(token.content));
    case 'softbreak':
      return ' ';
    case 'hardbreak':
      return '\n';
    case 'image':
      return style.link(oneLine(descriptionOf(token)), addressOf(token));
    default:
      return oneLine(token.content);
  }
}

function spanText(opener: Token, words: string, style: InlineStyle): string {
  switch (opener.type) {
    case 'strong_open':
      return style.bold(words);
    case 'em_open':
      return style.emphasis(words);
    case 'link_open':
      return style.link(words, addressOf(opener));
    default:
      return words;
  }
}

/** Entities such as `&#10;` can put into words what the source did not hold as a character. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
