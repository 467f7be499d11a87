/** Reads a picture that a text of the learner's names. */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { type PictureType, pictureType } from './picture-type.ts';

const megabyte = 1024 * 1024;
/** Bytes; a screenshot of a large screen has one or two megabytes. */
const largest = 5 * megabyte;

/** Why a file is not taken, and what to do: words that follow its name. */
export class PictureRefused extends Error {}

/**
 * Nothing outside `folder` is read, also not through a symbolic link.
 *
 * @param path relative to the folder
 * @throws PictureRefused
 */
export async function readPictureFile(
  folder: string,
  path: string,
): Promise<{ readonly bytes: Uint8Array; readonly type: PictureType }> {
  const outside = new PictureRefused(`lies outside ${folder}, where nothing is read. Copy it there`);
  if (isAbsolute(path) || /^[a-z]:/i.test(path)) throw outside;
  const missing = new PictureRefused(`is not in ${folder}. Put it there, and write its name as it is there`);
  if (path.includes('\0')) throw missing;
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) throw missing;
  if (!isBelow(root, resolve(root, path))) throw outside;
  const file = await realpath(resolve(root, path)).catch(() => undefined);
  if (file === undefined) throw missing;
  if (!isBelow(root, file)) throw outside;
  // Non-blocking, so that a named pipe is refused and not waited for.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch((error: NodeJS.ErrnoException) => {
    throw new PictureRefused(`cannot be read (${error.code})`);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new PictureRefused('is not a file');
    if (found.size > largest) {
      const size = (found.size / megabyte).toFixed(1);
      throw new PictureRefused(
        `has ${size} MB, and at most ${largest / megabyte} MB are taken. Save it smaller`,
      );
    }
    const bytes = await handle.readFile();
    const type = pictureType(bytes);
    if (!type) throw new PictureRefused('is not a PNG, JPEG, GIF or WebP picture. Save it as one of these');
    return { bytes, type };
  } finally {
    await handle.close();
  }
}

function isBelow(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
}
