/** The files of a class as a whole: the class result, and the gradebook in three forms. */
import { join } from 'node:path';
import { gradebookCsvParts } from '../../reports/gradebook/formats/gradebook-csv.ts';
import { gradebookJsonParts } from '../../reports/gradebook/formats/gradebook-json.ts';
import { gradebookPage } from '../../reports/gradebook/page.ts';
import type { ClassResult } from '../../runner/class-result.ts';
import { writeWholeInParts } from '../../runner/files/write-whole.ts';

/** @returns the files that people open */
export async function writeClass(out: string, result: ClassResult): Promise<string[]> {
  const files: [name: string, parts: () => Iterable<string> | AsyncIterable<string>][] = [
    ['gradebook.html', () => gradebookPage(result)],
    ['gradebook.csv', () => gradebookCsvParts(result)],
    ['gradebook.json', () => gradebookJsonParts(result)],
    ['class.json', () => gradebookJsonParts(result)],
  ];
  // One after the other, learner by learner: of a large class each is a large text.
  for (const [name, parts] of files) await writeWholeInParts(join(out, name), parts());
  return files.map(([name]) => join(out, name));
}
