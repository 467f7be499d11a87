/** `labwright new`: the files of a lab to begin with. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { labSchema } from '../../runner/lab/schema.ts';
import { createOutput } from '../output.ts';
import { UserError } from '../user-error.ts';

export interface NewFlags {
  readonly title?: string;
  readonly color: boolean;
}

/** @throws UserError when the name is no id of a lab, or there is something of that name already */
export async function newLab(folder: string, flags: NewFlags): Promise<void> {
  const { note, style } = createOutput(!flags.color);
  const path = resolve(folder);
  const id = idOf(path);
  const title = flags.title ?? titleOf(id);
  await makeFolder(path, folder);

  const lab = await readFile(startOf('lab.yaml'), 'utf8');
  const named = lab
    .replace(/^(# yaml-language-server: \$schema=).*$/m, `$1${await schemaFor(path)}`)
    .replace(/^id: .*$/m, `id: ${id}`)
    .replace(/^title: .*$/m, () => `title: ${stringify(title, { lineWidth: 0 }).trim()}`);
  await writeFile(join(path, 'lab.yaml'), named, { flag: 'wx' });
  await copyFile(startOf('proof.yaml'), join(path, 'proof.yaml'));

  const shown = relative(process.cwd(), path) || '.';
  note(
    [
      `${style.bold(shown)} holds a lab that works: lab.yaml is what a learner gets, proof.yaml what proves it.`,
      '',
      `  labwright verify ${shown}   proves it on the sandbox`,
      `  labwright lint ${shown}     reads it as a careful reviewer would`,
      `  labwright guide ${shown}    shows it as a learner sees it`,
      '',
    ].join('\n'),
  );
}

function idOf(path: string): string {
  const id = labSchema.shape.id.safeParse(basename(path));
  if (id.success) return id.data;
  throw new UserError(
    `"${basename(path)}" cannot be the id of a lab: use at most 64 lower-case letters, digits and hyphens, as in my-lab.`,
  );
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function makeFolder(path: string, shown: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new UserError(`There is something at ${shown} already. Nothing was written; choose another name.`);
  });
}

function startOf(file: string): string {
  return fileURLToPath(import.meta.resolve(`#templates/new-lab/${file}`));
}

/** What an editor completes and checks the lab by: ours where it is in the same project, else a copy beside the lab. */
async function schemaFor(path: string): Promise<string> {
  const schema = fileURLToPath(import.meta.resolve('#labs/lab.schema.json'));
  const project = projectAround(dirname(path));
  if (project !== undefined && schema.startsWith(project + sep)) {
    return relative(path, schema).replaceAll(sep, '/');
  }
  await copyFile(schema, join(path, 'lab.schema.json'));
  return './lab.schema.json';
}

/** The nearest folder upwards that a project is kept in. */
function projectAround(folder: string): string | undefined {
  if (['package.json', '.git'].some((name) => existsSync(join(folder, name)))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectAround(parent);
}
