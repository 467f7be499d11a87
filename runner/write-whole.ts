/** Writes a file whole or not at all: a full disk or a killed process leaves what was there before. */
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For the owner's eyes only. @throws the writing error (ENOSPC, EACCES) */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // A link to a file elsewhere stays one.
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${process.pid}-${randomUUID().slice(0, 8)}.new`;
  try {
    await writeFile(beside, text, { mode: 0o600, flag: 'wx' });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
