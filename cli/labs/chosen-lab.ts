/** The lab that is meant where none is named: the one that is being done, or the only one there is. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import { labIds } from './find-lab.ts';

/** @throws UserError when it could be several */
export async function chosenLab(): Promise<string> {
  const ids = await labIds();
  const begun = await readdir(resolve('.labwright')).catch((): string[] => []);
  const mine = ids.filter((id) => begun.includes(id));
  const [only, ...others] = mine.length > 0 ? mine : ids;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError(`Name the lab, one of: ${(mine.length > 0 ? mine : ids).join(', ')}.`);
}
