/** Fills names into Markdown. A name stays text: whatever it holds, it ends no code and begins no link. */
import { parseUntrusted } from './parse.ts';
import { printMarkdown } from './to-markdown.ts';

export interface NameFilling {
  /** Replaces the references in words and in code. */
  readonly text: (text: string) => string;
  /** Replaces those in commands for a shell, where a name has to be quoted. */
  readonly shell: (commands: string) => string;
}

const shells = /^(?:sh|bash|shell)\b/;
/** A reference inside an address, which has been encoded there. */
const encodedReference = /\$%7B(.*?)%7D/g;

/** Gives the Markdown with every reference replaced by the name that stands for it. */
export function fillNames(markdown: string, { text, shell }: NameFilling): string {
  const tokens = parseUntrusted(markdown, 1);
  for (const token of tokens) {
    if (token.type === 'fence') token.content = (shells.test(token.info) ? shell : text)(token.content);
    if (token.type === 'code_block') token.content = text(token.content);
    for (const child of token.children ?? []) {
      if (child.type === 'text' || child.type === 'code_inline') {
        // A line end in a name would end the line it stands in, and could begin a block.
        child.content = text(child.content).replace(/[\r\n]+/g, ' ');
      }
      const address = child.attrGet('href');
      if (address === null) continue;
      const filled = String(address).replace(encodedReference, (_, name: string) =>
        encodeURIComponent(text(`\${${decodeURIComponent(name)}}`)),
      );
      child.attrSet('href', filled);
    }
  }
  return printMarkdown(tokens);
}
