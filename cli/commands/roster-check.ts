import { readFile } from 'node:fs/promises';
import { isTimeZone } from '../../runner/due-time.ts';
import { NotAText } from '../../runner/roster/decode.ts';
import { readRoster } from '../../runner/roster/read-roster.ts';
import type { Roster } from '../../runner/roster/roster.ts';
import { findLab } from '../find-lab.ts';
import { createOutput } from '../output.ts';
import { rosterText } from '../terminal/roster-text.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface RosterCheckFlags {
  readonly lab: string;
  readonly timeZone: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright roster check`: whether a class can be graded from this file. No AWS call is made. */
export async function rosterCheck(file: string, flags: RosterCheckFlags): Promise<void> {
  const { print, style } = createOutput(!flags.color);
  if (!isTimeZone(flags.timeZone))
    throw new UserError(`There is no time zone "${flags.timeZone}". Name one as Europe/Berlin or UTC.`);
  const { lab } = await findLab(flags.lab);
  const roster = await read();
  print(
    flags.json
      ? `${JSON.stringify({ schema: 'labwright/roster/v1', ...roster }, null, 2)}\n`
      : rosterText(file, roster, style),
  );
  const wrong = roster.problems.some(({ severity }) => severity === 'error');
  process.exitCode = wrong ? exitCodes.usage : exitCodes.passed;

  async function read(): Promise<Roster> {
    try {
      return readRoster(await readFile(file), { lab, zone: flags.timeZone });
    } catch (error) {
      if (error instanceof NotAText)
        throw new UserError(`${file} cannot be read as a roster. ${error.message}`);
      throw error;
    }
  }
}
