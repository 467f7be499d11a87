/** A write-up as its blocks, each with the very text that the learner wrote. */
import MarkdownIt, { type Token } from 'markdown-it';

export interface Block {
  /** `picture` holds nothing but pictures; `rule` is a line across; `other` is a list, a table, code, a quotation. */
  readonly kind: 'heading' | 'paragraph' | 'picture' | 'rule' | 'other';
  /** The source, without the empty lines around it. */
  readonly source: string;
  /** Of a heading, and of a paragraph that is emphasised as a whole: its words, without emphasis. */
  readonly title?: string;
  /** Of a heading: 1 to 6. */
  readonly level?: number;
}

// As the report reads it: HTML is text like any other, so that nothing in it can hide a heading.
const parser = new MarkdownIt({ html: false, linkify: false });
parser.validateLink = () => true;

/**
 * All of the text in order; what belongs to no block (definitions of links) is a paragraph of its own.
 *
 * @param markdown with `\n` as line ends
 */
export function readBlocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const tokens = parser.parse(markdown, {});
  const blocks: Block[] = [];
  let next = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || !token.map) return;
    const [from, to] = token.map;
    addRest(from);
    const source = trimLines(lines.slice(from, to));
    if (source !== '') blocks.push({ ...describe(token, tokens[index + 1]), source });
    next = Math.max(next, to);
  });
  addRest(lines.length);
  return blocks;

  function addRest(to: number): void {
    const source = trimLines(lines.slice(next, to));
    if (source !== '') blocks.push({ kind: 'paragraph', source });
    next = Math.max(next, to);
  }
}

function describe(token: Token, inline: Token | undefined): Omit<Block, 'source'> {
  if (token.type === 'hr') return { kind: 'rule' };
  const children = inline?.children ?? [];
  if (token.type === 'heading_open')
    return { kind: 'heading', level: Number(token.tag.slice(1)), title: titleOf(inline) };
  if (token.type !== 'paragraph_open') return { kind: 'other' };
  const said = children.filter(({ type, content }) => type !== 'softbreak' && content.trim() !== '');
  if (said.length > 0 && said.every(({ type }) => type === 'image')) return { kind: 'picture' };
  return isEmphasised(children) ? { kind: 'paragraph', title: titleOf(inline) } : { kind: 'paragraph' };
}

/** Whether all of the words are strong or emphasised, as in a heading that is written without `#`. */
function isEmphasised(children: readonly Token[]): boolean {
  let depth = 0;
  for (const { type, content } of children) {
    if (type === 'strong_open' || type === 'em_open') depth++;
    else if (type === 'strong_close' || type === 'em_close') depth--;
    else if (depth === 0 && content.trim() !== '') return false;
  }
  return children.some(({ type }) => type === 'strong_open' || type === 'em_open');
}

/** The words; as they were written where something would be lost: an address, an entity. */
function titleOf(inline: Token | undefined): string {
  const words = wordsOf(inline?.children ?? []);
  const written = (inline?.content ?? '').replace(/\s+/g, ' ').trim();
  return lettersOf(words) === lettersOf(written) ? words : written;
}

function lettersOf(text: string): string {
  return (text.match(/[\p{L}\p{N}\ufffd]+/gu) ?? []).join(' ');
}

function wordsOf(children: readonly Token[]): string {
  const words = children.map(({ type, content }) => (type.endsWith('break') ? ' ' : content));
  return words.join('').replace(/\s+/g, ' ').trim();
}

function trimLines(lines: readonly string[]): string {
  return lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
}
