/** The columns of a roster and the headers that are understood as them. */
import { similarNames } from '../../checks/near-misses.ts';
import type { Row } from './read-rows.ts';
import type { RosterProblem } from './roster.ts';

export const columnNames = [
  'learner id',
  'name',
  'e-mail',
  'section',
  'account',
  'role',
  'profile',
  'region',
  'external id',
  'parameters',
  'extension',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** What other programs and people call them. Compared by letters and digits alone. docs/roster.md lists them. */
export const synonyms: Readonly<Record<ColumnName, readonly string[]>> = {
  'learner id': [
    'id',
    'learner',
    'student id',
    'student number',
    'username',
    'user name',
    'login',
    'SIS Login ID',
    'idnumber',
  ],
  name: ['full name', 'learner name', 'student name', 'student', 'display name'],
  'e-mail': ['mail', 'email address', 'e-mail address'],
  section: ['group', 'class', 'course section', 'cohort'],
  account: ['account id', 'AWS account', 'AWS account id', 'account number'],
  role: ['role ARN', 'AWS role', 'IAM role', 'role or profile'],
  profile: ['AWS profile', 'profile name'],
  region: ['AWS Region', 'Region name'],
  'external id': ['sts external id'],
  parameters: ['parameter overrides', 'overrides', 'params', 'set'],
  extension: ['extended until', 'extra time', 'due', 'due date'],
};

export interface Columns {
  /** Index of a cell by the column's name. */
  readonly at: ReadonlyMap<ColumnName, number>;
  /** Index of a cell by the lab's parameter that it overrides. */
  readonly params: ReadonlyMap<string, number>;
  /** Headers as they are written in the file. */
  readonly headers: readonly string[];
  readonly problems: readonly RosterProblem[];
}

const known = new Map(
  columnNames.flatMap((name) => [name, ...synonyms[name]].map((header) => [letters(header), name] as const)),
);

/** Finds out what the header's cells mean. A header `set alias` overrides the lab's parameter `alias`. */
export function readHeader({ line, cells }: Row): Columns {
  const at = new Map<ColumnName, number>();
  const params = new Map<string, number>();
  const problems: RosterProblem[] = [];
  const headers = cells.map((cell) => cell.trim());
  const once = <Key>(map: Map<Key, number>, key: Key, index: number, header: string) => {
    const earlier = map.get(key);
    if (earlier === undefined) {
      map.set(key, index);
      return;
    }
    problems.push({
      severity: 'error',
      line,
      column: header,
      message: `"${headers[earlier]}" and "${header}" both are the column "${String(key)}".`,
      fix: 'Keep one of them.',
    });
  };
  for (const [index, header] of headers.entries()) {
    const param = /^(?:set|param|parameter)[\s:._-]+([A-Za-z][\w-]*)$/i.exec(header)?.[1];
    const name = known.get(letters(header));
    if (header === '') continue;
    if (name !== undefined) once(at, name, index, header);
    else if (param !== undefined) once(params, param, index, header);
    else problems.push({ severity: 'warning', line, column: header, ...unknownHeader(header) });
  }
  if (!at.has('learner id')) {
    problems.push({
      severity: 'error',
      line,
      message: 'The header has no column "learner id".',
      fix: `The first line has to name the columns: ${columnNames.join(', ')}.`,
    });
  }
  return { at, params, headers, problems };
}

function unknownHeader(header: string): { message: string; fix: string } {
  const near = similarNames(header, [...columnNames, ...Object.values(synonyms).flat()])[0];
  return {
    message: `The column "${header}" means nothing to Labwright and is not read.`,
    fix: near === undefined ? `Known are ${columnNames.join(', ')}.` : `Did you mean "${near}"?`,
  };
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
