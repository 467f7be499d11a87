/** Plain values inside a Markdown document: nothing in them is markup. */

// `_` between letters or digits is no markup, and names of policies and tables are full of it.
const special = /[\\`*[\]>~|$#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=[#\p{L}]|$)|!$/gu;
// List items, underlines of headings, and the second line of a table.
const lineStart = /^(?:[-+](?=\s|$)|[-:=](?=[-:=\s]*$)|\d{1,9}(?=[.)](?:\s|$)))/;

/** Escapes text that goes somewhere inside a line; line ends become spaces. */
export function escapeInline(text: string): string {
  // Not every reader of Markdown knows `\<` (Python-Markdown does not, "Backslash Escapes"); all know the entity.
  return text.replaceAll('\n', ' ').replace(special, '\\$&').replaceAll('<', '&lt;');
}

/** Keeps an assembled line from being read as a list item, a heading's underline or an indented block. */
export function escapeLineStart(line: string): string {
  const trimmed = line.replace(/^[ \t]+/, '');
  const marker = lineStart.exec(trimmed)?.[0];
  if (marker === undefined) return trimmed;
  return /^\d/.test(marker) ? `${marker}\\${trimmed.slice(marker.length)}` : `\\${trimmed}`;
}

/** A plain value that may stand at the start of a line, in a table's cell or in a heading. */
export function escapeText(text: string): string {
  return escapeLineStart(escapeInline(text.trim()));
}

/** A plain value set as code; with a `|` it is set as text, because tables would split the code there. */
export function codeSpan(text: string): string {
  const line = text.replaceAll('\n', ' ').trim();
  if (line === '') return '(empty)';
  return line.includes('|') ? escapeText(line) : fenced(line);
}

/** Code of one line between enough backticks. */
export function fenced(line: string): string {
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A fenced block that its own content cannot close. */
export function fencedBlock(content: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}${language}\n${content.replace(/\n$/, '')}\n${fence}`;
}

/** An address between the parentheses of a Markdown link. */
export function destination(address: string): string {
  return address
    .replace(
      /[\s<>()\\`|]/g,
      (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
    )
    .replace(/&(?=[#\w]+;)/g, '&amp;');
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
