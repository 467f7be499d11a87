/** Reads a folder of templates that stand in for Labwright's own. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { TemplateError, type TemplateSources } from '../../reports/templates.ts';
import { UserError } from '../user-error.ts';

/** What a file may stand in for. Others beside them are somebody's notes. */
const templates =
  /^(?:write-up\.(?:html|md)\.hbs|write-up\.css|partials\/(?:html|md)\/[a-z][a-z0-9-]*\.hbs)$/;
const largest = 1024 * 1024;

/**
 * Reads the templates of a folder by their path in it. Nothing outside the folder is read, not even through a link.
 *
 * @throws UserError when there is no such folder, none of the files is a template, or one leads outside
 */
export async function readTemplates(folder: string): Promise<TemplateSources> {
  let root: string;
  let entries: string[];
  try {
    root = await realpath(folder);
    entries = await filesOf(root);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(
      `The folder of templates ${folder} cannot be read (${code}). Give \`--template\` a folder.`,
    );
  }
  const sources = new Map<string, string>();
  for (const path of entries.filter((one) => templates.test(one))) {
    const file = await realpath(join(root, path));
    const inside = relative(root, file);
    if (inside.startsWith('..') || inside.startsWith(sep) || inside === '')
      throw new UserError(
        `${join(folder, path)}: it leads outside ${folder}, where no template is read. Copy the file there.`,
      );
    const status = await stat(file);
    if (!status.isFile()) throw new UserError(`${join(folder, path)}: it is not a file.`);
    if (status.size > largest) throw new UserError(`${join(folder, path)}: it has more than a megabyte.`);
    sources.set(path, await readFile(file, 'utf8'));
  }
  if (sources.size > 0) return sources;
  throw new UserError(
    `${folder} holds no template: expected write-up.html.hbs, write-up.md.hbs, write-up.css, or partials/html/ or partials/md/ with files ending in .hbs. docs/write-up.md says what they show.`,
  );
}

/** Only three folders are looked into, so that a large tree beside them costs nothing. */
async function filesOf(root: string): Promise<string[]> {
  const found = await Promise.all(
    ['', 'partials/html/', 'partials/md/'].map(async (prefix) => {
      const names = await readdir(join(root, prefix)).catch((error: NodeJS.ErrnoException) => {
        if (prefix !== '' && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
        throw error;
      });
      const inside = relative(root, await realpath(join(root, prefix)).catch(() => root));
      if (inside.startsWith('..')) throw new UserError(`${join(root, prefix)}: it leads outside ${root}.`);
      return names.map((name) => prefix + name);
    }),
  );
  return found.flat();
}

/** A template's fault as the user reads it: file, line, what is wrong. */
export function templateFault(error: unknown, folder: string | undefined): unknown {
  if (!(error instanceof TemplateError) || folder === undefined) return error;
  const line = error.line === undefined ? '' : `:${error.line}`;
  return new UserError(
    `${join(folder, error.path)}${line}: ${error.message} docs/write-up.md says what templates show.`,
  );
}
