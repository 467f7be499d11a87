/** Files of a learner's folder on their way through the queue. */
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { draftEnding, writeWhole } from '../../files/write-whole.ts';
import { QueueProblem } from './queue-problem.ts';

/** Packed; a learner's files have some ten thousand bytes. Redis would take 512 MB. */
const mostPackedBytes = 8 * 1024 * 1024;
const mostUnpackedBytes = 64 * 1024 * 1024;

/** Gzipped JSON of file name to content, both in Base64. */
export const packedFilesSchema = z.string().max(Math.ceil((mostPackedBytes * 4) / 3) + 4);

/** By name within the learner's folder, with `/`. */
export type LearnerFiles = Map<string, Buffer>;

const contentsSchema = z.record(z.string(), z.base64());
/** No way out of the folder, and nothing hidden. */
const allowedName = /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,80}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/;

/** Everything in the folder that is written whole; nothing where there is none. */
export async function readLearnerFiles(folder: string): Promise<LearnerFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: LearnerFiles = new Map();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !entry.name.endsWith(draftEnding))
      files.set(
        path
          .slice(folder.length + 1)
          .split(sep)
          .join('/'),
        await readFile(path),
      );
  }
  return files;
}

/** `learner.json` last: it makes the learner count as graded. @throws file errors */
export async function writeLearnerFiles(folder: string, files: LearnerFiles): Promise<void> {
  const names = [...files.keys()].sort((a, b) => Number(a === 'learner.json') - Number(b === 'learner.json'));
  for (const name of names) await writeWhole(join(folder, name), files.get(name) ?? '');
}

/** @throws QueueProblem for what is too much for the queue */
export async function packFiles(files: LearnerFiles): Promise<string> {
  const contents = Object.fromEntries([...files].map(([name, data]) => [name, data.toString('base64')]));
  const packed = await promisify(gzip)(JSON.stringify(contents));
  if (packed.length <= mostPackedBytes) return packed.toString('base64');
  throw new QueueProblem(
    `The learner's files have ${packed.length} bytes packed, and the queue takes ${mostPackedBytes}. Give the workers a folder that they share with \`grade\`: --out.`,
  );
}

/** @throws QueueProblem for what nobody packed here */
export async function unpackFiles(packed: string): Promise<LearnerFiles> {
  try {
    const unpack = promisify(gunzip) as (data: Buffer, options: object) => Promise<Buffer>;
    const text = await unpack(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpackedBytes });
    const contents = contentsSchema.parse(JSON.parse(text.toString('utf8')));
    if (Object.keys(contents).every((name) => allowedName.test(name)))
      return new Map(Object.entries(contents).map(([name, data]) => [name, Buffer.from(data, 'base64')]));
  } catch {
    // Told below.
  }
  throw new QueueProblem('What came through the queue are no files of a learner.');
}
