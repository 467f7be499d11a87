/** Holds files against what would be written today. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { generatedBy } from '../../reports/docs/generated.ts';
import { readIfThere } from '../../runner/files/read-if-there.ts';
import { handoutCommand } from './document.ts';
import type { DocumentFile } from './files-of.ts';

export interface StaleFile {
  readonly path: string;
  readonly why: 'missing' | 'differs' | 'left over';
}

/**
 * @param folder holds the files
 * @param isAll whether these are the handouts of all labs: then one of a lab that is gone is left over
 * @returns in the order of the files
 */
export async function staleFiles(
  folder: string,
  files: readonly DocumentFile[],
  isAll: boolean,
): Promise<StaleFile[]> {
  const stale: StaleFile[] = [];
  for (const { path, text } of files) {
    const there = await readIfThere(join(folder, path));
    if (there === undefined) stale.push({ path, why: 'missing' });
    // A checkout may have other line ends.
    else if (there.replaceAll('\r\n', '\n') !== text) stale.push({ path, why: 'differs' });
  }
  if (isAll) stale.push(...(await leftOver(folder, files)));
  return stale;
}

/** Handouts of labs that are gone. Other documents may lie beside them. */
async function leftOver(folder: string, files: readonly DocumentFile[]): Promise<StaleFile[]> {
  const known = new Set(files.map(({ path }) => path));
  const found: StaleFile[] = [];
  for (const part of new Set(files.map(({ path }) => dirname(path)))) {
    const names = await readdir(join(folder, part)).catch((): string[] => []);
    for (const path of names.filter((name) => name.endsWith('.md')).map((name) => join(part, name))) {
      if (known.has(path)) continue;
      const command = generatedBy(await readFile(join(folder, path), 'utf8'));
      if (command === handoutCommand(basename(path, '.md'))) found.push({ path, why: 'left over' });
    }
  }
  return found.sort((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
}
