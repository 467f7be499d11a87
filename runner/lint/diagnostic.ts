/** What lint has to say about one place of a lab's files. */
import type { Problem } from '../lab/problem.ts';

/** An error is wrong whatever the author meant; a warning is a reviewer's judgement; a note is only for information. */
export type Severity = 'error' | 'warning' | 'note';

export interface Diagnostic extends Problem {
  /** Id of the rule: `hint-gives-away`; `lab-file` for what keeps a file from being read as a lab. */
  readonly rule: string;
  readonly severity: Severity;
}
