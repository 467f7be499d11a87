import { readFile } from 'node:fs/promises';

/** A file as text; undefined when there is none. @throws the reading error (EACCES, EISDIR) */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
