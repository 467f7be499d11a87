/** Reads a roster: every problem of the file at once, each with its line. */
import type { Lab } from '../lab/lab.ts';
import { type Columns, readHeader } from './columns.ts';
import { decode } from './decode.ts';
import { readLearner } from './read-learner.ts';
import { readRows } from './read-rows.ts';
import type { Learner, Roster, RosterProblem } from './roster.ts';

export interface RosterOptions {
  /** Whose parameters the overrides are held against. */
  readonly lab: Lab;
  /** IANA name of the time zone of extensions that name none. Default: UTC. */
  readonly zone?: string;
}

/** @throws NotAText for bytes that are no CSV at all */
export function readRoster(bytes: Uint8Array, { lab, zone = 'UTC' }: RosterOptions): Roster {
  const { rows, problems } = readRows(decode(bytes));
  const [header, ...body] = rows;
  if (header === undefined) {
    const empty: RosterProblem = {
      severity: 'error',
      line: 1,
      message: 'The roster is empty.',
      fix: 'Begin it with a line of column names.',
    };
    return sorted([], [...problems, empty]);
  }
  const columns = readHeader(header);
  // Without ids, every line would only repeat what is wrong with the header.
  if (!columns.at.has('learner id')) return sorted([], [...problems, ...columns.problems]);
  const read = body.map((row) => readLearner(row, columns, lab, zone));
  const ids = body.map(({ cells, line }) => ({ line, id: cells[columns.at.get('learner id') ?? -1] ?? '' }));
  const learners = read.flatMap(({ learner }) => learner ?? []);
  const repeated = repeatedIds(ids, columns);
  const nobody: RosterProblem[] =
    body.length === 0
      ? [{ severity: 'error', line: header.line, message: 'There is no learner below the header.' }]
      : [];
  const twice = new Set(repeated.map(({ line }) => line));
  return sorted(
    learners.filter(({ line }) => !twice.has(line)),
    [
      ...problems,
      ...columns.problems,
      ...nobody,
      ...read.flatMap((one) => one.problems),
      ...repeated,
      ...sharedAccounts(learners, columns),
    ],
  );
}

function repeatedIds(ids: readonly { line: number; id: string }[], columns: Columns): RosterProblem[] {
  const seen = new Map<string, { line: number; id: string }>();
  return ids.flatMap(({ line, id: written }) => {
    const id = written.trim().replace(/\s+/g, ' ').normalize('NFC');
    // Files of learners are named after them, and some file systems do not tell cases apart.
    const key = id.toLowerCase();
    const earlier = seen.get(key);
    if (earlier === undefined || id === '') {
      seen.set(key, { line, id });
      return [];
    }
    const same = earlier.id === id ? '' : ` (as "${earlier.id}"; case does not tell ids apart)`;
    return {
      severity: 'error',
      line,
      column: columns.headers[columns.at.get('learner id') ?? -1] ?? 'learner id',
      message: `The learner id "${id}" is on line ${earlier.line} already${same}.`,
      fix: 'Remove one of the lines, or give each learner an id of their own.',
    };
  });
}

/** One account may be shared on purpose, by a pair; more often it is a slip, or a copy. */
function sharedAccounts(learners: readonly Learner[], columns: Columns): RosterProblem[] {
  const seen = new Map<string, Learner>();
  return learners.flatMap((learner) => {
    if (learner.account === undefined) return [];
    const earlier = seen.get(learner.account);
    if (earlier === undefined) {
      seen.set(learner.account, learner);
      return [];
    }
    return {
      severity: 'warning',
      line: learner.line,
      column: columns.headers[columns.at.get('account') ?? columns.at.get('role') ?? -1] ?? 'account',
      message: `The account ${learner.account} is that of "${earlier.id}" on line ${earlier.line} as well.`,
      fix: 'Both would be graded on the same work.',
    };
  });
}

function sorted(learners: readonly Learner[], problems: readonly RosterProblem[]): Roster {
  return { learners, problems: [...problems].sort((a, b) => a.line - b.line) };
}
