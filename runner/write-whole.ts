/** Writes a file whole or not at all: a full disk, a killed process or a machine that stops leaves what was there before. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For the owner's eyes only. @throws the writing error (ENOSPC, EACCES) */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // A link to a file elsewhere stays one.
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${process.pid}-${randomUUID().slice(0, 8)}.new`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(content);
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
