import { readRosterFile } from '../inputs/read-roster-file.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { rosterText } from '../terminal/roster-text.ts';
import { exitCodes } from '../user-error.ts';

export interface RosterCheckFlags extends ChecksFlags {
  readonly lab: string;
  readonly timeZone: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright roster check`: whether a class can be graded from this file. No AWS call is made. */
export async function rosterCheck(file: string, flags: RosterCheckFlags): Promise<void> {
  const { print, style } = createOutput(!flags.color);
  const { lab } = await findLab(flags.lab, flags);
  const roster = await readRosterFile(file, lab, flags.timeZone);
  print(
    flags.json
      ? `${JSON.stringify({ schema: 'labwright/roster/v1', ...roster }, null, 2)}\n`
      : rosterText(file, roster, style),
  );
  const wrong = roster.problems.some(({ severity }) => severity === 'error');
  process.exitCode = wrong ? exitCodes.usage : exitCodes.passed;
}
