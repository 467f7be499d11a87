import { readFile } from 'node:fs/promises';
import { isTimeZone } from '../../runner/grading-policy/due-time.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { NotAText } from '../../runner/roster/decode.ts';
import { readRoster } from '../../runner/roster/read-roster.ts';
import type { Roster } from '../../runner/roster/roster.ts';
import { UserError } from '../user-error.ts';

/** @throws UserError for a time zone that there is not, and for a file that is no text */
export async function readRosterFile(file: string, lab: Lab, zone: string): Promise<Roster> {
  if (!isTimeZone(zone))
    throw new UserError(`There is no time zone "${zone}". Name one as Europe/Berlin or UTC.`);
  try {
    return readRoster(await readFile(file), { lab, zone });
  } catch (error) {
    if (error instanceof NotAText)
      throw new UserError(`${file} cannot be read as a roster. ${error.message}`);
    throw error;
  }
}
