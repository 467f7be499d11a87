/**
 * What was made in an account for a probe, written down before it is made and struck out once it is gone, so that
 * the next start finds what a kill left behind. Holds ids only, never a secret.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
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

export class Journal {
  readonly #file: string;
  #last: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** What is still open. @throws when the file is there but cannot be read: what it names must not be forgotten */
  async entries(): Promise<JournalEntry[]> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return z.array(entrySchema).parse(JSON.parse(text));
  }

  /** Writes an entry, in place of one with the same account, user and time. */
  async put(entry: JournalEntry): Promise<void> {
    await this.#change((entries) => [...entries.filter((one) => !same(one, entry)), entry]);
  }

  async strike(entry: JournalEntry): Promise<void> {
    await this.#change((entries) => entries.filter((one) => !same(one, entry)));
  }

  /** One change after the other; the file is replaced in one step, so that a kill leaves the old or the new one. */
  #change(change: (entries: JournalEntry[]) => JournalEntry[]): Promise<void> {
    const next = this.#last.then(async () => {
      const entries = change(await this.entries());
      if (entries.length === 0) return rm(this.#file, { force: true });
      await mkdir(dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.${process.pid}.tmp`;
      await writeFile(draft, JSON.stringify(entries, null, 2), { mode: 0o600 });
      await rename(draft, this.#file);
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

function same(a: JournalEntry, b: JournalEntry): boolean {
  return a.accountId === b.accountId && a.userName === b.userName && a.at === b.at;
}
