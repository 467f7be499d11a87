/** From one row to a learner, with everything that is wrong with it. */
import type { Lab } from '../lab/lab.ts';
import { accountCell } from './account-cell.ts';
import type { ColumnName, Columns } from './columns.ts';
import { extensionCell } from './extension-cell.ts';
import { readParameters } from './parameter-cells.ts';
import type { Row } from './read-rows.ts';
import { regionCell } from './region-cell.ts';
import { roleCell } from './role-cell.ts';
import type { Access, Cell, Learner, RosterProblem } from './roster.ts';

export interface ReadLearner {
  /** Absent when an error keeps it from being graded. */
  readonly learner?: Learner;
  readonly problems: readonly RosterProblem[];
}

/** AWS STS API Reference, AssumeRole, ExternalId. */
const externalIdShape = /^[\w+=,.@:/-]{2,1224}$/;
/** Control characters other than tab and newline. */
const control = /(?![\t\n])[\p{Cc}\p{Cs}]/u;

export function readLearner(row: Row, columns: Columns, lab: Lab, zone: string): ReadLearner {
  const { line, cells } = row;
  const problems: RosterProblem[] = [];
  const headerOf = (name: ColumnName) => columns.headers[columns.at.get(name) ?? -1] ?? name;
  const fault = (name: ColumnName | undefined, message: string, fix?: string) =>
    problems.push({
      severity: 'error',
      line,
      ...(name && { column: headerOf(name) }),
      message,
      ...(fix && { fix }),
    });
  const warn = (name: ColumnName, message: string, fix?: string) =>
    problems.push({ severity: 'warning', line, column: headerOf(name), message, ...(fix && { fix }) });
  const text = (name: ColumnName) => cellText(cells[columns.at.get(name) ?? -1] ?? '');
  const read = <Value>(name: ColumnName, reader: (text: string) => Cell<Value>): Value | undefined => {
    const written = text(name);
    if (written === '') return undefined;
    const cell = reader(written);
    if (!('value' in cell)) {
      fault(name, cell.message, cell.fix);
      return undefined;
    }
    if (cell.warning) warn(name, cell.warning.message, cell.warning.fix);
    return cell.value;
  };

  for (const [index, cell] of cells.entries()) {
    if (index >= columns.headers.length && cell.trim() !== '')
      fault(
        undefined,
        `There is a cell more than the header has: "${shorten(cell)}".`,
        'Put cells that hold the delimiter in quotes.',
      );
    else if (control.test(cell))
      problems.push({
        severity: 'error',
        line,
        column: columns.headers[index] ?? '',
        message: 'The cell has control characters.',
        fix: 'Type it anew.',
      });
  }

  const id = oneLine(text('learner id'));
  if (id === '') fault('learner id', 'The learner id is missing.', 'Give every learner one of their own.');
  if (id.length > 128)
    fault('learner id', 'The learner id has more than 128 characters.', 'Take a shorter one.');
  if (/^\d+[.,]\d+E\+\d+$/i.test(id))
    fault(
      'learner id',
      `The learner id "${id}" is a number that a spreadsheet has shortened.`,
      'Format the column as text, and enter it anew.',
    );
  const email = text('e-mail');
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    warn('e-mail', `"${shorten(email)}" is no e-mail address.`, 'Look whether it is complete.');

  const region = read('region', regionCell);
  const account = read('account', accountCell);
  const access = readAccess();
  const single = new Map([...columns.params].map(([name, at]) => [name, cellText(cells[at] ?? '')]));
  const parameters = readParameters(lab, text('parameters'), single);
  for (const problem of parameters.problems) fault('parameters', problem.message, problem.fix);
  const extension = read('extension', (written) => extensionCell(written, zone));

  if (access === undefined || problems.some(({ severity }) => severity === 'error')) return { problems };
  const name = oneLine(text('name'));
  const section = oneLine(text('section'));
  return {
    problems,
    learner: {
      id,
      ...(name && { name }),
      ...(email && { email }),
      ...(section && { section }),
      ...(access.account && { account: access.account }),
      access: access.access,
      ...(region && { region }),
      params: parameters.params,
      ...(extension && { extension }),
      line,
    },
  };

  function readAccess(): { access: Access; account?: string } | undefined {
    const roleText = text('role');
    const profile = oneLine(text('profile'));
    const externalId = text('external id');
    if (externalId !== '' && !externalIdShape.test(externalId))
      fault(
        'external id',
        `The external id "${shorten(externalId)}" is none that AWS takes.`,
        'Use 2 to 1224 letters, digits and +=,.@:/-_.',
      );
    if (profile !== '') {
      if (roleText !== '')
        fault('profile', 'There are both a role and a profile.', 'Keep the one that is meant.');
      if (externalId !== '')
        warn(
          'external id',
          'It is not used with a profile.',
          'Put it into the profile itself (`external_id`).',
        );
      return { access: { kind: 'profile', name: profile }, ...(account && { account }) };
    }
    if (roleText === '') {
      fault(
        'role',
        'Nothing says how to reach the account: neither a role nor a profile.',
        'Fill in the ARN of the role that the learner made for you.',
      );
      return undefined;
    }
    // Without regard to an account that is wrong itself, so that the role's own faults are told as well.
    const role = read('role', (written) =>
      roleCell(written, account ?? (text('account') === '' ? undefined : '000000000000'), region),
    );
    if (role === undefined) return undefined;
    if (account !== undefined && role.account !== account)
      fault(
        'role',
        `The role is in the account ${role.account}, but the column "${headerOf('account')}" says ${account}.`,
        'Correct one of them.',
      );
    return {
      account: role.account,
      access: { kind: 'role', arn: role.arn, ...(externalId && { externalId }) },
    };
  }
}

/** A cell's text without the ways in which spreadsheets are told that a number is text: `'0123`, `="0123"`. */
function cellText(cell: string): string {
  const trimmed = cell.trim();
  return /^="([^"]*)"$/.exec(trimmed)?.[1]?.trim() ?? trimmed.replace(/^'(?=\d)/, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').normalize('NFC');
}

function shorten(text: string): string {
  const line = oneLine(text.trim());
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
