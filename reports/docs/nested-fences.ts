/**
 * Blocks of code inside lists and quotations. Python-Markdown, with which MkDocs reads, knows them at the start of a line only
 * ("Fenced Code Blocks", limitations) and would take HTML in such a block for HTML of the page.
 */
import { fenced } from '../markdown/escape.ts';

const opening = /^((?: |>|[-*] |\d{1,9}[.)] )*)(`{3,})[\w+-]*$/;

/** The same Markdown; where such a block holds `<`, each of its lines becomes code of one line. */
export function withoutNestedFences(markdown: string): string {
  const lines = markdown.split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const [line = '', prefix = '', fence = ''] = opening.exec(lines[at] ?? '') ?? [lines[at]];
    // What a list's marker opens goes on under it.
    const inside = prefix.replace(/[-*]|\d{1,9}[.)]/g, (marker) => ' '.repeat(marker.length));
    const end = fence === '' ? at : endOf(lines, at + 1, inside + fence);
    const content = lines.slice(at + 1, end);
    if (prefix === '' || !content.some((one) => one.includes('<')))
      kept.push(line, ...lines.slice(at + 1, end + 1));
    else kept.push(...asLines(content, prefix, inside));
    at = end + 1;
  }
  return kept.join('\n');
}

function endOf(lines: readonly string[], from: number, closing: string): number {
  const end = lines.indexOf(closing, from);
  return end === -1 ? lines.length : end;
}

function asLines(content: readonly string[], prefix: string, inside: string): string[] {
  const code = content
    .map((line) => (line.startsWith(inside) ? line.slice(inside.length) : ''))
    .filter((line) => line.trim() !== '');
  return code.flatMap((line, index) =>
    index === 0 ? [prefix + fenced(line)] : [inside.trimEnd(), inside + fenced(line)],
  );
}
