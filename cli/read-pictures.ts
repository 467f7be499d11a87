/** Reads the pictures that a learner's write-up names. */
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Picture, PictureType } from '../reports/picture.ts';

const megabyte = 1024 * 1024;
/** A screenshot of a large screen has one or two megabytes. */
const largest = 5 * megabyte;
/** All of them are part of the page, which has to be opened and sent. */
const largestSum = 25 * megabyte;

export interface ReadPictures {
  readonly pictures: ReadonlyMap<string, Picture>;
  /** What was left out and why, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads pictures below `folder`. What is not there, lies outside, is too large or is no picture is left out and said.
 *
 * @param paths as they were written, relative to the folder
 */
export async function readPictures(folder: string, paths: readonly string[]): Promise<ReadPictures> {
  const pictures = new Map<string, Picture>();
  const problems: string[] = [];
  let sum = 0;
  for (const path of paths) {
    try {
      const bytes = await readBelow(folder, path);
      const type = typeOf(bytes);
      if (!type) throw new PictureProblem('is not a PNG, JPEG, GIF or WebP picture. Save it as one of these');
      sum += bytes.length;
      if (sum > largestSum)
        throw new PictureProblem(
          `is one too many: together the pictures have more than ${largestSum / megabyte} MB`,
        );
      pictures.set(path, { type, bytes });
    } catch (error) {
      if (!(error instanceof PictureProblem)) throw error;
      problems.push(`The picture ${printable(path)} ${error.message}; it is left out.`);
    }
  }
  return { pictures, problems };
}

/** Why a picture is left out, after its name. */
class PictureProblem extends Error {}

async function readBelow(folder: string, path: string): Promise<Uint8Array> {
  const missing = new PictureProblem(
    `is not there. Put it into ${folder}, and write its name as it is there`,
  );
  if (path.includes('\0')) throw missing;
  let file: string;
  let root: string;
  try {
    [file, root] = await Promise.all([realpath(resolve(folder, path)), realpath(folder)]);
  } catch {
    throw missing;
  }
  const inside = relative(root, file);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw new PictureProblem(`lies outside ${folder}, where nothing is read. Copy it there`);
  }
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new PictureProblem(`cannot be read (${error.code})`);
  });
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new PictureProblem('is not a file');
    if (status.size > largest) {
      const size = (status.size / megabyte).toFixed(1);
      throw new PictureProblem(
        `has ${size} MB, and at most ${largest / megabyte} MB are taken. Save it smaller`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** What a picture is, by its first bytes: a name may say anything. SVG is none of them, it can carry scripts. */
function typeOf(bytes: Uint8Array): PictureType | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  // PNG, "PNG file signature"; JPEG, the SOI marker; GIF89a, "Header"; "WebP Container Specification".
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  return /^RIFF[\s\S]{4}WEBP$/.test(start) ? 'webp' : undefined;
}

/** A name for the terminal. */
function printable(path: string): string {
  return path.replace(/\p{Cc}/gu, '\ufffd').slice(0, 200);
}
