/** Parsed Markdown as a tree of blocks, which its flat list of tokens is not. */
import type { Token } from 'markdown-it';

/** A block with the blocks inside it; markdown-it bounds their depth (`maxNesting`). */
export interface Block {
  readonly token: Token;
  readonly children: Block[];
}

/** The blocks of parsed Markdown. */
export function blockTree(tokens: readonly Token[]): Block[] {
  const levels: Block[][] = [[]];
  for (const token of tokens) {
    if (token.nesting === -1) {
      levels.pop();
      continue;
    }
    const block: Block = { token, children: [] };
    levels.at(-1)?.push(block);
    if (token.nesting === 1) levels.push(block.children);
  }
  return levels[0] ?? [];
}
