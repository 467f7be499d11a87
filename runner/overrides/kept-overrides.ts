/** Those of an instructor's overrides that the folder of a class keeps from one grading to the next. */
import { join } from 'node:path';
import { readIfThere } from '../files/read-if-there.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { Lab } from '../lab/lab.ts';
import type { Learner } from '../roster/roster.ts';
import { type ClassOverrides, parseClassOverrides } from './class-overrides.ts';

const keptFile = 'overrides.yaml';

/** Overrides that fit the lab and the roster. */
export interface GivenOverrides {
  readonly text: string;
  readonly overrides: ClassOverrides;
}

/** @param file how problems call it @throws LabProblems with every problem and its line */
export function giveOverrides(
  file: string,
  text: string,
  { lab, learners }: { readonly lab: Lab; readonly learners: readonly Learner[] },
): GivenOverrides {
  const ids = learners.map(({ id }) => id);
  return { text, overrides: parseClassOverrides(file, text, { lab, learners: ids }) };
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
