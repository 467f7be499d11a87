/** An instructor's overrides of a class: those that are given now, or those that its folder keeps from before. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../../runner/files/read-if-there.ts';
import { writeWhole } from '../../runner/files/write-whole.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { type ClassOverrides, parseClassOverrides } from '../../runner/overrides/class-overrides.ts';
import type { Learner } from '../../runner/roster/roster.ts';

const keptFile = 'overrides.yaml';

/** A file of overrides that fits the lab and the roster. */
export interface GivenOverrides {
  readonly text: string;
  readonly overrides: ClassOverrides;
}

/** @throws LabProblems with every problem and its line; the reading error */
export async function readGivenOverrides(
  file: string | undefined,
  lab: Lab,
  learners: readonly Learner[],
): Promise<GivenOverrides | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8');
  return {
    text,
    overrides: parseClassOverrides(file, text, { lab, learners: learners.map(({ id }) => id) }),
  };
}

/**
 * Those that are given take the place of those that the folder keeps, before anybody is graded: whoever goes on with a killed
 * grading, or grades again, need not give them again. Of those that are kept, learners who have left the roster do not matter.
 *
 * @param out the folder of the class
 * @throws LabProblems when what is kept does not fit the lab any more; file errors
 */
export async function keepOverrides(
  out: string,
  given: GivenOverrides | undefined,
  lab: Lab,
): Promise<ClassOverrides | undefined> {
  const file = join(out, keptFile);
  if (given) {
    await writeWhole(file, given.text);
    return given.overrides;
  }
  const kept = await readIfThere(file);
  return kept === undefined ? undefined : parseClassOverrides(file, kept, { lab });
}
