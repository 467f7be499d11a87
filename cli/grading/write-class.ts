/** The files of a class as a whole: the class result, and the gradebook in three forms. */
import { join } from 'node:path';
import { gradebookCsv } from '../../reports/gradebook/formats/gradebook-csv.ts';
import { gradebookJson } from '../../reports/gradebook/formats/gradebook-json.ts';
import { renderGradebook } from '../../reports/gradebook/page.ts';
import type { ClassResult } from '../../runner/class-result.ts';
import { writeWhole } from '../../runner/write-whole.ts';

/** @returns the files that people open */
export async function writeClass(out: string, result: ClassResult): Promise<string[]> {
  const files: [name: string, text: () => string | Promise<string>][] = [
    ['gradebook.html', () => renderGradebook(result)],
    ['gradebook.csv', () => gradebookCsv(result)],
    ['gradebook.json', () => gradebookJson(result)],
    ['class.json', () => `${JSON.stringify(result, null, 2)}\n`],
  ];
  // One after the other: of a large class each is a large text.
  for (const [name, text] of files) await writeWhole(join(out, name), await text());
  return files.map(([name]) => join(out, name));
}
