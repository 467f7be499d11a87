/** The instructor's list of learners, as a file tells it. */

/** How a learner's account is reached. No secret is ever part of it. */
export type Access =
  | {
      readonly kind: 'role';
      /** ARN of the role to assume. */
      readonly arn: string;
      readonly externalId?: string;
    }
  | {
      readonly kind: 'profile';
      /** Name of a profile of the AWS configuration. */
      readonly name: string;
    };

/** A later due date for one learner: an instant of its own, or so much more time than the others have. */
export type Extension = { readonly until: string } | { readonly seconds: number };

export interface Learner {
  /** Unique in the roster, also without regard to case. */
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly section?: string;
  /** Twelve digits; absent for a profile without one. */
  readonly account?: string;
  readonly access: Access;
  readonly region?: string;
  /** Names that this learner uses instead of the lab's. */
  readonly params: Readonly<Record<string, string>>;
  readonly extension?: Extension;
  /** Line of the file on which the learner begins, from 1. */
  readonly line: number;
}

export interface RosterProblem {
  /** An error keeps the learner from being graded; a warning is for the instructor to look at. */
  readonly severity: 'error' | 'warning';
  /** From 1. */
  readonly line: number;
  /** The column's name in the file, where the problem is in one cell. */
  readonly column?: string;
  /** The thing and what was seen. */
  readonly message: string;
  readonly fix?: string;
}

export interface Roster {
  /** Those whose line has no error, in the file's order. */
  readonly learners: readonly Learner[];
  /** All there are, by line. */
  readonly problems: readonly RosterProblem[];
}

/** What a reader of one cell finds out: its value, or why it has none. */
export type Cell<Value> =
  | { readonly value: Value; readonly warning?: Omit<RosterProblem, 'severity' | 'line' | 'column'> }
  | { readonly message: string; readonly fix: string };
