/** Writes a result and its write-up into a folder; shared by `report` and `demo`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderWriteUp } from '../reports/write-up.ts';
import type { Result } from '../runner/result.ts';
import { UserError } from './user-error.ts';

/** @returns the files written. @throws UserError when the folder cannot be written to */
export async function writeReport(result: Result, folder: string): Promise<string[]> {
  const { markdown, html } = await renderWriteUp(result);
  const files = [
    [join(folder, 'report.md'), markdown],
    [join(folder, 'report.html'), html],
    [join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`],
  ] as const;
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, text] of files) await writeFile(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The report could not be written to ${folder}: ${why}. Choose another folder with \`--out\`.`,
    );
  }
  return files.map(([file]) => file);
}
