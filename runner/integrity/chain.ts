/** The chain of a grading run: one sealed result in a line, each naming the one before it. */
import { type KeyObject, randomUUID } from 'node:crypto';
import { appendFile, truncate } from 'node:fs/promises';
import { readIfThere } from '../files/read-if-there.ts';
import type { Result } from '../result.ts';
import { type SealedResult, sealedResultSchema, sealResult } from './sealed-result.ts';

/** Adds sealed results to the file of a run, one after the other. */
export class Chain {
  readonly #file: string;
  readonly #key: KeyObject;
  readonly #run: string;
  #last: SealedResult | undefined;
  /** Length of the file. */
  #bytes: number;
  #adding: Promise<unknown> = Promise.resolve();

  private constructor(
    file: string,
    key: KeyObject,
    { last, bytes }: { last: SealedResult | undefined; bytes: number },
  ) {
    this.#bytes = bytes;
    this.#file = file;
    this.#key = key;
    this.#last = last;
    this.#run = last?.seal.run ?? randomUUID();
  }

  /**
   * A run that was stopped goes on where it ended; a last line that was cut off is taken away first.
   *
   * @throws Error when the last whole line is no sealed result
   */
  static async open(file: string, key: KeyObject): Promise<Chain> {
    const text = (await readIfThere(file)) ?? '';
    const end = text.lastIndexOf('\n') + 1;
    const bytes = Buffer.byteLength(text.slice(0, end));
    if (end < text.length) {
      await truncate(file, bytes);
    }
    const line = text.slice(0, end).trimEnd().split('\n').at(-1);
    const last = line ? sealedResultSchema.parse(JSON.parse(line)) : undefined;
    return new Chain(file, key, { last, bytes });
  }

  /**
   * Results added at the same time are put one after the other; one that could not be written is not in the chain.
   *
   * @throws the writing error (ENOSPC, EACCES)
   */
  add(result: Result, more: { learner?: string; recording?: string } = {}): Promise<SealedResult> {
    const added = this.#adding.then(async () => {
      const sealed = sealResult({
        key: this.#key,
        run: this.#run,
        result,
        ...(this.#last && { after: this.#last }),
        ...more,
      });
      const line = `${JSON.stringify(sealed)}\n`;
      try {
        await appendFile(this.#file, line, { mode: 0o600 });
      } catch (error) {
        // Half a line on a full disk must not swallow the next one.
        await truncate(this.#file, this.#bytes).catch(() => undefined);
        throw error;
      }
      this.#bytes += Buffer.byteLength(line);
      this.#last = sealed;
      return sealed;
    });
    this.#adding = added.catch(() => undefined);
    return added;
  }
}
