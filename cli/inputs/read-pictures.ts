/** Reads the pictures that a learner's write-up names. */
import type { Picture } from '../../reports/picture.ts';
import { PictureRefused, readPictureFile } from '../../runner/pictures/picture-file.ts';

const megabyte = 1024 * 1024;
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
      const { bytes, type } = await readPictureFile(folder, path);
      sum += bytes.length;
      if (sum > largestSum)
        throw new PictureRefused(
          `is one too many: together the pictures have more than ${largestSum / megabyte} MB`,
        );
      pictures.set(path, { type, bytes });
    } catch (error) {
      if (!(error instanceof PictureRefused)) throw error;
      problems.push(`The picture ${printable(path)} ${error.message}; it is left out.`);
    }
  }
  return { pictures, problems };
}

/** A name for the terminal. */
function printable(path: string): string {
  return path.replace(/\p{Cc}/gu, '\ufffd').slice(0, 200);
}
