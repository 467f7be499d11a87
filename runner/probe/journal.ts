/**
 * What was made in an account for a probe, written down before it is made and struck out once it is gone, so that
 * the next start finds what a kill left behind. Holds ids only, never a secret.
 */
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const entrySchema = z.object({
  accountId: z.string(),
  userName: z.string(),
  /** When the key was about to be asked for, ISO 8601. */
  at: z.string(),
  /** The user's access keys before, so that a key whose id was never learned can be told from them. */
  keysBefore: z.array(z.string()),
  /** Known once AWS has answered. */
  accessKeyId: z.string().optional(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

/** A folder with a file for each entry: runs at the same time do not overwrite what the other wrote. */
export class Journal {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is still open. @throws when an entry is there but cannot be read: what it names must not be forgotten */
  async entries(): Promise<JournalEntry[]> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
    const files = names.filter((name) => name.endsWith('.json'));
    const entries = await Promise.all(files.map((name) => this.#read(join(this.#folder, name))));
    return entries.flat();
  }

  /** Writes an entry, in place of one with the same account, user and time. */
  async put(entry: JournalEntry): Promise<void> {
    const file = this.#fileOf(entry);
    await mkdir(this.#folder, { recursive: true });
    // Replaced in one step, so that a kill leaves the old entry or the new one.
    await writeFile(draftOf(file), JSON.stringify(entry, null, 2), { mode: 0o600 });
    await rename(draftOf(file), file);
  }

  async strike(entry: JournalEntry): Promise<void> {
    const file = this.#fileOf(entry);
    await rm(draftOf(file), { force: true });
    await rm(file, { force: true });
    await this.#removeFolderIfEmpty();
  }

  /** Removes drafts that a kill left behind: what they would have noted was not begun, or is noted without its id. */
  async tidy(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const drafts = names.filter((name) => name.endsWith(draftOf('')));
    await Promise.all(drafts.map((name) => rm(join(this.#folder, name), { force: true })));
    await this.#removeFolderIfEmpty();
  }

  async #read(file: string): Promise<JournalEntry[]> {
    try {
      return [entrySchema.parse(JSON.parse(await readFile(file, 'utf8')))];
    } catch (error) {
      // Struck out by another run meanwhile.
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  #fileOf({ accountId, userName, at }: JournalEntry): string {
    return join(this.#folder, `${accountId}-${userName}-${Date.parse(at)}.json`);
  }

  async #removeFolderIfEmpty(): Promise<void> {
    await rmdir(this.#folder).catch((error: unknown) => {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].some((code) => hasCode(error, code))) throw error;
    });
  }
}

function draftOf(file: string): string {
  return `${file}.tmp`;
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
