/** Finds a lab by id among those that come with Labwright, or by its file. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry } from '../checks/registry.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { loadLab } from '../runner/lab/load-lab.ts';
import { UserError } from './user-error.ts';

/** The folder of the labs that come with Labwright. */
function labsFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('#labs/lab.yaml')));
}

/** Ids of the labs that come with Labwright. */
export async function labIds(): Promise<string[]> {
  const entries = await readdir(labsFolder(), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

export interface FoundLab {
  readonly lab: Lab;
  /** The proof beside the lab file, which need not be there. */
  readonly proofFile: string;
}

/**
 * @param name an id, a lab file, or a folder that holds one
 * @throws UserError when there is no such lab; LabProblems when its file is wrong
 */
export async function findLab(name: string): Promise<FoundLab> {
  const file = await labFile(name);
  const shown = relative(process.cwd(), file);
  const lab = await loadLab(file, registry, shown.startsWith('..') ? file : shown);
  return { lab, proofFile: join(dirname(file), 'proof.yaml') };
}

/**
 * The file of a lab, by its id, its path or its folder; whether it can be read is not looked at.
 *
 * @throws UserError when there is no such lab
 */
export async function labFile(name: string): Promise<string> {
  if (/\.ya?ml$/.test(name) && existsSync(name)) return name;
  if (existsSync(join(name, 'lab.yaml')) && (await stat(name)).isDirectory()) return join(name, 'lab.yaml');
  const ids = await labIds();
  if (ids.includes(name)) return join(labsFolder(), name, 'lab.yaml');
  throw new UserError(`There is no lab "${name}". Name a lab file, or one of: ${ids.join(', ')}.`);
}
