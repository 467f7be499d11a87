/**
 * One run at a time in a state folder. Each run puts down a file of its own and then looks for those of others, so
 * that of two that begin at once at least one sees the other; nobody ever takes a file over. A killed run's file is
 * told by its process being gone, and swept away.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How long another run is waited for; none takes that long. */
const patienceMs = 10 * 60_000;

export interface LockOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** Told once, when another run has to be waited for. */
  readonly onWait?: (holder: { pid: number }) => void;
  /** In milliseconds. Default ten minutes. */
  readonly patienceMs?: number;
}

/** The folder stays in use by another run. */
export class FolderInUse extends Error {
  constructor(folder: string, { file, pid }: Mark) {
    super(
      `Another run (process ${pid}) is using ${folder}. If there is no such run any more, delete ${join(folder, file)}.`,
    );
    this.name = 'FolderInUse';
  }
}

/** A run's file; everything it says is in its name, so that it is never seen half written. */
interface Mark {
  readonly file: string;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly host: string;
}

/** Files of this very process: another one of its number is a leftover of a process that had the number before. */
const own = new Set<string>();

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Waits until no other run uses the folder.
 *
 * @returns gives the folder free again
 * @throws FolderInUse when another run does not end; the signal's reason. A folder that cannot be written to needs no
 * lock, and gets none
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  const deadline = Date.now() + (options.patienceMs ?? patienceMs);
  const file = `run-${process.pid}-${Date.now()}-${host}-${randomUUID().slice(0, 8)}.lock`;
  const path = join(folder, file);
  const release = () => rm(path, { force: true });
  own.add(file);
  for (let told = false; ; ) {
    options.signal?.throwIfAborted();
    if (!(await putDown(folder, path))) return async () => {};
    const other = await otherRun(folder, file);
    if (!other) return release;
    await release();
    if (Date.now() > deadline) throw new FolderInUse(folder, other);
    if (!told) options.onWait?.(other);
    told = true;
    // Not in step with another that waits as well.
    await delay(100 + Math.random() * 200, undefined, options.signal && { signal: options.signal });
  }
}

/** @returns false where the file system does not take it, so that nothing else can be written either */
async function putDown(folder: string, path: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EEXIST', 'ENOTDIR'].includes(code)) return false;
    throw error;
  }
}

async function otherRun(folder: string, mine: string): Promise<Mark | undefined> {
  for (const file of await readdir(folder)) {
    const mark = file === mine ? undefined : readMark(file);
    if (!mark) continue;
    if (isAlive(mark)) return mark;
    await rm(join(folder, file), { force: true });
  }
  return undefined;
}

function readMark(file: string): Mark | undefined {
  const [, pid, begun, where] = /^run-(\d+)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.lock$/.exec(file) ?? [];
  if (pid === undefined || begun === undefined || where === undefined) return undefined;
  return { file, pid: Number(pid), begun: Number(begun), host: where };
}

/** Of another machine's process nothing is known, so it counts as alive. */
function isAlive({ file, pid, begun, host: where }: Mark): boolean {
  if (where !== host) return true;
  if (pid === process.pid) return own.has(file);
  // After a restart of the machine the number belongs to somebody else. A minute for clocks that were set since.
  if (begun < Date.now() - uptime() * 1000 - 60_000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
