/** What stands above the first heading of a write-up: who wrote it, and how it opens. */
import type { Block } from './blocks.ts';

export interface Preamble {
  readonly author?: string;
  readonly email?: string;
  /** Everything else, Markdown. */
  readonly opening: string;
  /** Labels that are not kept, because the report puts its own: "Author". */
  readonly labels: readonly string[];
}

const authorLabel =
  /^(author|written by|prepared by|submitted by|created by|by|name|student|learner)\s*[:：–-]\s*(.+)$/iu;
const emailLabel = /^(e-?mail|e-?mail address|contact|mail)\s*[:：–-]\s*(.+)$/iu;
const byLine = /^(by)\s+(\p{L}[\p{L}\p{M} .'’-]{1,60})$/iu;

export function readPreamble(blocks: readonly Block[]): Preamble {
  let author: string | undefined;
  let email: string | undefined;
  const labels: string[] = [];
  const kept: string[] = [];
  for (const { kind, source } of blocks) {
    if (kind === 'rule') continue;
    if (kind !== 'paragraph') {
      kept.push(source);
      continue;
    }
    const lines = source.split('\n').filter((line) => {
      const words = plainLine(line);
      const mail = emailLabel.exec(words);
      if (mail?.[1] && mail[2] && email === undefined && /^[^\s@|]+@[^\s@|]+$/.test(mail[2])) {
        email = mail[2];
        labels.push(mail[1]);
        return false;
      }
      const name = authorLabel.exec(words) ?? byLine.exec(words);
      // An address or a second label in the line is more than a name.
      if (name?.[1] && name[2] && author === undefined && !/[|<>@\]]|https?:|:\s/.test(name[2])) {
        author = name[2].trim();
        labels.push(name[1]);
        return false;
      }
      return true;
    });
    const rest = lines.join('\n').trim();
    if (rest !== '') kept.push(rest);
  }
  return {
    ...(author !== undefined && { author }),
    ...(email !== undefined && { email }),
    opening: kept.join('\n\n'),
    labels,
  };
}

/** Without emphasis, line ends of Markdown, and a link around an e-mail address. */
function plainLine(line: string): string {
  return line
    .replace(/(?:\\|<br ?\/?>)\s*$/, '')
    .replace(/\*\*|__|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '')
    .replace(/\[([^\]\n]{1,200})\]\(mailto:\1\)/g, '$1')
    .replace(/<([^\s<>@]{1,100}@[^\s<>]{1,200})>/g, '$1')
    .trim();
}
