/**
 * Untrusted Markdown printed anew from its tokens. What comes out has the same formatting, but no raw HTML, closed
 * fences, headings where the document wants them, and nothing that could reach outside its own paragraphs.
 */
import type { Token } from 'markdown-it';
import { type Block, blockTree } from './block-tree.ts';
import { escapeLineStart, fencedBlock } from './escape.ts';
import { parseUntrusted } from './parse.ts';
import { printInline } from './print-inline.ts';

/**
 * Reprints Markdown by other people. Headings start at `headingLevel` (1 to 6). `own` gives the pictures that lie beside
 * the document.
 */
export function proseMarkdown(
  source: string,
  headingLevel: number,
  own?: (path: string) => string | undefined,
): string {
  return printMarkdown(parseUntrusted(source, headingLevel, own));
}

/** Prints parsed Markdown. */
export function printMarkdown(tokens: readonly Token[]): string {
  return printBlocks(blockTree(tokens), '\n\n');
}

function printBlocks(blocks: readonly Block[], separator: string): string {
  const printed: string[] = [];
  let sameLists = 0;
  for (const [index, block] of blocks.entries()) {
    const isList = block.token.type.endsWith('_list_open');
    sameLists = isList && blocks[index - 1]?.token.type === block.token.type ? sameLists + 1 : 0;
    // Two lists in a row stay two by changing their markers.
    const text = printBlock(block, sameLists % 2 === 1);
    if (text !== '') printed.push(text);
  }
  return printed.join(separator);
}

function printBlock(block: Block, otherMarker: boolean): string {
  const { token, children } = block;
  switch (token.type) {
    case 'paragraph_open':
      return inlineOf(block, false).split('\n').map(escapeLineStart).join('\n').trim();
    case 'heading_open':
      return `${'#'.repeat(Number(token.tag.slice(1)))} ${inlineOf(block, false).replace(/\\?\n/g, ' ')}`;
    case 'blockquote_open':
      return prefixLines(printBlocks(children, '\n\n'), '> ');
    case 'bullet_list_open':
      return printList(children, () => (otherMarker ? '*' : '-'));
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1);
      return printList(children, (index) => `${start + index}${otherMarker ? ')' : '.'}`);
    }
    case 'fence':
    case 'code_block':
      return fencedBlock(token.content, /^[\w+-]{0,20}/.exec(token.info)?.[0] ?? '');
    case 'hr':
      return '___';
    case 'table_open':
      return printTable(children);
    default:
      return '';
  }
}

function inlineOf(block: Block, inTable: boolean): string {
  return block.children.map(({ token }) => printInline(token.children ?? [], inTable)).join('');
}

function printList(items: readonly Block[], markerOf: (index: number) => string): string {
  const isTight = items.every(({ children }) =>
    children.every(({ token }) => token.hidden || token.type.endsWith('_list_open')),
  );
  const printed = items.map((item, index) => {
    const marker = markerOf(index);
    const content = printBlocks(item.children, isTight ? '\n' : '\n\n');
    const indent = ' '.repeat(marker.length + 1);
    return `${marker} ${content.replace(/\n(?=[^\n])/g, `\n${indent}`)}`.trimEnd();
  });
  return printed.join(isTight ? '\n' : '\n\n');
}

function printTable(groups: readonly Block[]): string {
  const rows = groups.flatMap((group) => group.children).map((row) => row.children);
  const [header = [], ...body] = rows;
  const delimiters = header.map(({ token }) => {
    const alignment = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
    return { left: ':---', center: ':---:', right: '---:' }[alignment ?? ''] ?? '---';
  });
  const printRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const printCells = (row: readonly Block[]) =>
    printRow(row.map((cell) => inlineOf(cell, true).replace(/\\?\n/g, ' ')));
  return [printCells(header), printRow(delimiters), ...body.map(printCells)].join('\n');
}

/** Puts `prefix` before every line; empty lines get it without trailing space. */
export function prefixLines(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? prefix.trimEnd() : prefix + line))
    .join('\n');
}
