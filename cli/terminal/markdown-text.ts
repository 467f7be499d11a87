/** Markdown for a terminal: headings, lists and paragraphs within its width, code as it is, to be copied. */
import { stripVTControlCharacters } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';
import { type Block, blockTree } from '../../reports/markdown/block-tree.ts';
import { parseUntrusted } from '../../reports/markdown/parse.ts';
import { inlineText } from './inline-text.ts';
import type { Style } from './style.ts';

interface Setting {
  readonly style: Style;
  /** Columns that are left. */
  readonly width: number;
}

/** Narrower than this, text is no better for being wrapped. */
const leastWidth = 20;

/** @param width in columns; lines of code may be longer, because a wrapped command could not be copied */
export function markdownText(markdown: string, style: Style, width: number): string {
  return blocksText(blockTree(parseUntrusted(markdown, 1)), { style, width }, '\n\n');
}

function blocksText(blocks: readonly Block[], setting: Setting, separator: string): string {
  return blocks
    .map((block) => blockText(block, setting))
    .filter((text) => text !== '')
    .join(separator);
}

function blockText(block: Block, setting: Setting): string {
  const { token, children } = block;
  switch (token.type) {
    case 'heading_open':
      return wrapped(setting.style.bold(wordsOf(block, setting)), setting);
    case 'paragraph_open':
      return wrapped(wordsOf(block, setting), setting);
    case 'fence':
    case 'code_block':
      return prefixed(codeText(token.content, setting), '    ');
    case 'bullet_list_open':
      return listText(children, () => '•', setting);
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1);
      return listText(children, (index) => `${start + index}.`, setting);
    }
    case 'blockquote_open':
      return prefixed(blocksText(children, narrower(setting, 2), '\n\n'), `${setting.style.dim('│')} `);
    case 'table_open':
      return tableText(children, setting);
    case 'hr':
      return setting.style.dim('─'.repeat(Math.min(setting.width, 20)));
    default:
      return '';
  }
}

function listText(items: readonly Block[], markerOf: (index: number) => string, setting: Setting): string {
  const isTight = items.every(({ children }) =>
    children.every(({ token }) => token.hidden || token.type.endsWith('_list_open')),
  );
  const separator = isTight ? '\n' : '\n\n';
  const widest = Math.max(...items.map((_, index) => markerOf(index).length));
  const set = items.map((item, index) => {
    const text = blocksText(item.children, narrower(setting, widest + 1), separator);
    const hanging = prefixed(text, ' '.repeat(widest + 1)).slice(widest + 1);
    return `${markerOf(index).padStart(widest)} ${hanging}`;
  });
  return set.join(separator);
}

/** Columns side by side; one that is too wide for the terminal breaks there, as the terminal breaks it. */
function tableText(groups: readonly Block[], setting: Setting): string {
  const rows = groups
    .flatMap((group) => group.children)
    .map((row) => row.children.map((cell) => wordsOf(cell, setting).replaceAll('\n', ' ')));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stripVTControlCharacters(row[column] ?? '').length)),
  );
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const missing = (widths[column] ?? 0) - stripVTControlCharacters(cell).length;
      return `${index === 0 ? setting.style.bold(cell) : cell}${' '.repeat(Math.max(0, missing))}`;
    });
    return cells.join('   ').trimEnd();
  });
  return lines.join('\n');
}

function wordsOf({ children }: Block, { style }: Setting): string {
  return children.map(({ token }) => inlineText(token.children ?? [], style)).join('');
}

function codeText(content: string, { style }: Setting): string {
  const harmless = content.replace(/\n$/, '').replace(/(?![\n\t])\p{Cc}/gu, ' ');
  return harmless
    .split('\n')
    .map((line) => (line === '' ? '' : style.code(line)))
    .join('\n');
}

function wrapped(text: string, { width }: Setting): string {
  return wrapAnsi(text, Math.max(width, leastWidth), { hard: false });
}

function narrower({ style, width }: Setting, columns: number): Setting {
  return { style, width: width - columns };
}

function prefixed(text: string, prefix: string): string {
  return text.replace(/^(?=.)/gm, prefix);
}
