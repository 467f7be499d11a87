/** Rosters for tests: rows become CSV, and CSV becomes a roster of the first lab. */
import type { Lab } from '../../../runner/lab/lab.ts';
import { readRoster } from '../../../runner/roster/read-roster.ts';
import type { Roster } from '../../../runner/roster/roster.ts';
import { firstLab, readLab } from '../../support/labs.ts';

const { lab } = await readLab(firstLab);
const sampleLab: Lab = lab;

export const header = 'learner id,name,e-mail,section,account,role,region,external id,parameters,extension';
export const ada =
  'ada,Ada Lovelace,ada@example.com,A,111122223333,arn:aws:iam::111122223333:role/grader,eu-west-1,x-1,,';

/** Reads lines as a roster. */
export function rosterOf(lines: readonly string[] | Uint8Array, zone = 'UTC'): Roster {
  const bytes = lines instanceof Uint8Array ? lines : new TextEncoder().encode(lines.join('\n'));
  return readRoster(bytes, { lab: sampleLab, zone });
}

/** `7 error account: The account ...` */
export function told({ problems }: Roster): string[] {
  return problems.map(
    ({ severity, line, column, message, fix }) =>
      `${line} ${severity} ${column ?? '-'}: ${message} ${fix ?? ''}`,
  );
}
