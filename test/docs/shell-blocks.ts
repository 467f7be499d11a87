/** The commands that a Markdown document tells its reader to type. */
import MarkdownIt from 'markdown-it';

export interface ShellBlock {
  /** Line of the document on which the block begins. */
  readonly line: number;
  /** What is typed, without prompts and answers. */
  readonly commands: string;
}

const shells = new Set(['sh', 'bash', 'console']);

export function shellBlocks(markdown: string): ShellBlock[] {
  return new MarkdownIt()
    .parse(markdown, {})
    .filter(({ type, info }) => type === 'fence' && shells.has(info.trim().split(/\s/)[0] ?? ''))
    .map(({ info, content, map }) => ({
      line: (map?.[0] ?? 0) + 1,
      commands: info.startsWith('console') ? typed(content) : content,
    }));
}

/** What stands behind the prompt. */
function typed(session: string): string {
  return [...session.matchAll(/^\$ (.*)$/gm)].map(([, command]) => `${command}\n`).join('');
}
