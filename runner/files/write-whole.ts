/** Writes a file whole or not at all: a full disk, a killed process or a machine that stops leaves what was there before. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Ending of a file that is being written, and of what a killed process left of one. */
export const draftEnding = '.new';

/** For the owner's eyes only. @throws the writing error (ENOSPC, EACCES) */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await whole(file, (handle) => handle.writeFile(content));
}

/**
 * The same for a text that is too large to be held as one: its parts are written as they come, and what they throw leaves the file
 * as it was.
 *
 * @throws the writing error, or what the parts throw
 */
export async function writeWholeInParts(
  file: string,
  parts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  await whole(file, async (handle) => {
    let waiting = '';
    for await (const part of parts) {
      waiting += part;
      if (waiting.length < enough) continue;
      await handle.appendFile(waiting);
      waiting = '';
    }
    await handle.appendFile(waiting);
  });
}

/** Characters that are written at once: a call to the system for each part would cost more than the part. */
const enough = 64 * 1024;

async function whole(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // A link to a file elsewhere stays one.
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${process.pid}-${randomUUID().slice(0, 8)}${draftEnding}`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}
