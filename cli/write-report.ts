/** Writes a result and its write-up into a folder; shared by `report` and `demo`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesFolder, renderWriteUp, type WriteUp, type WriteUpOptions } from '../reports/write-up.ts';
import type { Result } from '../runner/result.ts';
import { UserError } from './user-error.ts';

/** What an earlier report may have left in its folder. */
const ownFile = /^(?:figure-[a-z0-9-]+\.svg|picture-\d+\.(?:gif|jpg|png|webp))$/;

/**
 * @returns the files written for people to open
 * @throws UserError when the folder cannot be written to
 * @throws TemplateError when a template cannot be rendered
 */
export async function writeReport(
  result: Result,
  folder: string,
  options: WriteUpOptions = {},
): Promise<string[]> {
  const writeUp = await renderWriteUp(result, options);
  const files = [
    [join(folder, 'report.md'), writeUp.markdown],
    [join(folder, 'report.html'), writeUp.html],
    [join(folder, 'result.json'), `${JSON.stringify(writeUp.result, null, 2)}\n`],
  ] as const;
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, text] of files) await writeFile(file, text);
    await writeFiles(folder, writeUp);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The report could not be written to ${folder}: ${why}. Choose another folder with \`--out\`.`,
    );
  }
  return files.map(([file]) => file);
}

/** Writes figures and pictures; those of an earlier report that are not shown any more must not lie beside this one. */
async function writeFiles(folder: string, { files }: WriteUp): Promise<void> {
  const beside = join(folder, filesFolder);
  await mkdir(beside, { recursive: true });
  for (const name of await readdir(beside)) {
    if (ownFile.test(name)) await rm(join(beside, name));
  }
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
