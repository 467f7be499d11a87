/** The contract of a rule: one thing that a careful reviewer looks at. */
import type { Problem } from '../lab/problem.ts';
import type { OpenProvingAccount } from '../verify/proving-account.ts';
import type { Severity } from './diagnostic.ts';
import type { ReadLab } from './read-lab.ts';

/** What a rule may use besides the files. */
export interface Means {
  /** Opens empty accounts in which the lab can be tried; absent when nothing is to be run. */
  readonly openAccount?: OpenProvingAccount;
  /** Whether other machines may be asked. */
  readonly asksNetwork: boolean;
  readonly signal?: AbortSignal;
}

/** A problem, with the severity where it is another than the rule's. */
export interface Remark extends Problem {
  readonly severity?: Severity;
}

export interface Rule {
  /** Its file's name under `rules/`: `hint-gives-away`. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: why it matters to a learner or an author. */
  readonly why: string;
  /** What it needs besides the files; without it the rule is not asked. */
  readonly needs?: 'account' | 'network';
  /** Looks at a lab whose files can be read; gives the places that it minds. */
  readonly look: (lab: ReadLab, means: Means) => readonly Remark[] | Promise<readonly Remark[]>;
}
