/** Takes the pictures of a text into the learner's folder, so that they stay with the answers. */
import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { localPictures } from './local-pictures.ts';
import { PictureRefused, readPictureFile } from './picture-file.ts';

const maxPictures = 100;
/** The folder for pictures, below the learner's folder for the lab. */
const folderName = 'pictures';

/** A picture that can be taken. */
export interface TakenPicture {
  /** As the text refers to it. */
  readonly address: string;
  /** Relative to the learner's folder, with slashes: `pictures/table-1f2e3d4c.png`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface LookedAt {
  readonly pictures: readonly TakenPicture[];
  /** One sentence for each that cannot be taken; its reference stays as it was written. */
  readonly problems: readonly string[];
}

/**
 * Reads the files that a text shows. Nothing outside `folder` is read, also not through a symbolic link.
 *
 * @param folder what the text's addresses are relative to
 * @param taken the learner's folder: what already lies in its pictures stays as it is
 */
export async function lookAtPictures(markdown: string, folder: string, taken: string): Promise<LookedAt> {
  const pictures: TakenPicture[] = [];
  const problems: string[] = [];
  for (const { address } of localPictures(markdown)) {
    if (await isTaken(address, taken)) continue;
    try {
      if (pictures.length === maxPictures)
        throw new PictureRefused(`is one too many: at most ${maxPictures} are taken`);
      pictures.push(await takenPicture(address, folder));
    } catch (error) {
      if (!(error instanceof PictureRefused)) throw error;
      problems.push(`The picture ${address} ${error.message}. The reference was left as it is.`);
    }
  }
  return { pictures, problems };
}

/** Writes pictures into the learner's folder; those that are there already are the same. */
export async function keepPictures(pictures: readonly TakenPicture[], state: string): Promise<void> {
  if (pictures.length > 0) await mkdir(join(state, folderName), { recursive: true });
  for (const { file, bytes } of pictures) await writeFile(join(state, file), bytes, { mode: 0o600 });
}

async function isTaken(address: string, state: string): Promise<boolean> {
  if (!address.startsWith(`${folderName}/`) || address.includes('..')) return false;
  return await stat(join(state, address)).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function takenPicture(address: string, folder: string): Promise<TakenPicture> {
  const path = pathOf(address);
  const { bytes, type } = await readPictureFile(folder, path);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const extension = type === 'jpeg' ? 'jpg' : type;
  return { address, file: `${folderName}/${plainName(path)}-${digest}.${extension}`, bytes };
}

/** Addresses may be percent-encoded and carry a query, as for a browser. */
function pathOf(address: string): string {
  const bare = address.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

function plainName(path: string): string {
  const name = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return name.replace(/^-+|-+$/g, '').slice(0, 40) || 'picture';
}
