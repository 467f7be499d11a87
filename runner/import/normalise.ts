/** Makes one kind of text of what a file may hold. */
import { parseDocument } from 'yaml';

/** UTF-8, or UTF-16 with its mark; line ends become `\n`, NUL becomes U+FFFD as in every Markdown reader. */
export function readText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return normalise(new TextDecoder(encoding).decode(bytes));
}

/** The same for text that was read already. */
export function normalise(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\ufffd');
}

export interface FrontMatter {
  readonly author?: string;
  readonly email?: string;
  /** The lines that say something else, as they were written. */
  readonly rest: string;
  /** What follows it. */
  readonly body: string;
}

/** Splits off the YAML that may stand between two lines of `---` at the top. */
export function splitFrontMatter(text: string): FrontMatter {
  const [whole, inside] = /^---[ \t]*\n([\s\S]{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text) ?? [];
  const data = inside === undefined ? undefined : readMapping(inside);
  if (whole === undefined || inside === undefined || !data) return { rest: '', body: text };
  const body = text.slice(whole.length);
  const found = { author: oneLine(data.author ?? data.name), email: oneLine(data.email) };
  const author = found.author === undefined ? undefined : data.author === undefined ? 'name' : 'author';
  const taken = new Set([author, found.email === undefined ? undefined : 'email']);
  const rest = inside.split('\n').filter((line) => !taken.has(/^(\w+):/.exec(line)?.[1] ?? ''));
  return {
    ...(found.author !== undefined && { author: found.author }),
    ...(found.email !== undefined && { email: found.email }),
    rest: rest.join('\n').trim(),
    body,
  };
}

function readMapping(yaml: string): Record<string, unknown> | undefined {
  try {
    const document = parseDocument(yaml, { logLevel: 'silent' });
    const data: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 });
    return typeof data === 'object' && data !== null && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function oneLine(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\n') ? value.trim() : undefined;
}
