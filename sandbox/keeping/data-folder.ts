import { chmod, mkdir, readdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { openingProblem, unfit, writingProblem } from './data-folder-problem.ts';

/** Rises with each change of what records look like. */
const formatVersion = 1;
const formatKey = 'format';
/** What LevelDB may leave behind when it is stopped while it makes a database, before anything is in it. */
const beginnings = /^(?:LOCK|LOG|LOG\.old|MANIFEST-000001|000001\.dbtmp)$/;
const readAheadBytes = 1024 * 1024;

/** What a batch does to each key; undefined deletes. */
export type Batch = ReadonlyMap<string, Uint8Array | undefined>;

/**
 * A folder with a LevelDB database, which one process has at a time. Each batch is handed to the operating system before
 * it counts as written, so it outlives the process, however that ends; a loss of power may take the last ones.
 */
export class DataFolder {
  readonly #path: string;
  readonly #level: ClassicLevel<string, Uint8Array>;
  #closed = false;

  private constructor(path: string, level: ClassicLevel<string, Uint8Array>) {
    this.#path = path;
    this.#level = level;
  }

  /**
   * Opens a folder, or makes one that only its owner may look into.
   *
   * @throws DataFolderProblem for a folder that is in use, of another format, damaged, or not accessible
   */
  static async open(path: string): Promise<DataFolder> {
    try {
      const isNew = await prepare(path);
      const level = new ClassicLevel<string, Uint8Array>(path, {
        valueEncoding: 'view',
        createIfMissing: isNew,
      });
      await level.open();
      const folder = new DataFolder(path, level);
      await folder.#agreeOnFormat().catch(async (problem) => {
        await level.close();
        throw problem;
      });
      return folder;
    } catch (error) {
      throw openingProblem(path, error);
    }
  }

  /** Every record whose key begins so, in the order of the keys. @throws DataFolderProblem */
  async *entries(prefix: string): AsyncGenerator<[key: string, value: Uint8Array]> {
    const range = {
      gte: prefix,
      lt: `${prefix}\uffff`,
      highWaterMarkBytes: readAheadBytes,
      fillCache: false,
    };
    const iterator = this.#level.iterator(range);
    try {
      for (let some = await iterator.nextv(1000); some.length > 0; some = await iterator.nextv(1000))
        yield* some;
    } catch (error) {
      throw openingProblem(this.#path, error);
    } finally {
      await iterator.close();
    }
  }

  /**
   * Writes all of it at once.
   *
   * @throws DataFolderProblem; all of it may be there then, or nothing
   */
  async write(batch: Batch): Promise<void> {
    try {
      if (this.#closed) throw new Error('the sandbox is being stopped');
      if (this.#level.status !== 'open') await this.#level.open();
      await this.#level.batch(
        [...batch].map(([key, value]) =>
          value === undefined ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const),
        ),
      );
    } catch (error) {
      // A write that failed leaves LevelDB's log in the middle of an entry, where later ones would be lost. Opening
      // it again drops the unfinished entry and begins another log.
      await this.#level.close().catch(() => {});
      throw writingProblem(this.#path, error);
    }
  }

  /** Lets another process have the folder. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#level.close();
  }

  /** The format is written as JSON, which every version can read. */
  async #agreeOnFormat(): Promise<void> {
    const written = await this.#level.get(formatKey);
    if (written === undefined) {
      for await (const _key of this.#level.keys({ limit: 1 })) throw unfit(this.#path, 'foreign');
      await this.write(new Map([[formatKey, Buffer.from(JSON.stringify({ version: formatVersion }))]]));
      return;
    }
    const version = versionIn(written);
    if (version === undefined) throw unfit(this.#path, 'foreign');
    if (version !== formatVersion) throw unfit(this.#path, 'other format');
  }
}

/** @returns whether there is no database in the folder yet. @throws DataFolderProblem for a folder with other things */
async function prepare(path: string): Promise<boolean> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const names = await readdir(path);
  if (names.includes('CURRENT')) return false;
  if (!names.every((name) => beginnings.test(name))) throw unfit(path, 'foreign');
  await chmod(path, 0o700);
  return true;
}

function versionIn(written: Uint8Array): number | undefined {
  try {
    const { version } = JSON.parse(Buffer.from(written).toString()) as { version?: unknown };
    return typeof version === 'number' ? version : undefined;
  } catch {
    return undefined;
  }
}
