/** The templates that come with Labwright, and templates of somebody's own that stand in for some of them. */
import { readdir, readFile } from 'node:fs/promises';

/** Sources by path in the folder of templates: `write-up.md.hbs`, `partials/html/section.hbs`. */
export type TemplateSources = ReadonlyMap<string, string>;

/** A template of somebody's own, where it is, and what is wrong with it. */
export class TemplateError extends Error {
  /** Path in the folder of templates. */
  readonly path: string;
  readonly line: number | undefined;

  constructor(path: string, line: number | undefined, message: string) {
    super(message);
    this.name = 'TemplateError';
    this.path = path;
    this.line = line;
  }
}

const folder = new URL('./', import.meta.resolve('#templates/write-up.html.hbs'));

/** Reads a file of `templates/` as text, or the one that stands in for it. */
export async function templateSource(path: string, own?: TemplateSources): Promise<string> {
  return own?.get(path) ?? readFile(new URL(path, folder), 'utf8');
}

/** Sources of all partials of a format by name, own ones in place of ours or beside them. */
export async function partialSources(
  format: string,
  own: TemplateSources = new Map(),
): Promise<Map<string, string>> {
  const prefix = `partials/${format}/`;
  const ours = (await readdir(new URL(prefix, folder))).map((file) => prefix + file);
  const theirs = [...own.keys()].filter((path) => path.startsWith(prefix));
  const paths = [...new Set([...ours, ...theirs])];
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await templateSource(path, own)] as const)),
  );
}
