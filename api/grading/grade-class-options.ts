/** What the grading of a class takes, and what it comes to. */
import type { ClassResult } from '../../runner/class-result.ts';
import type { RosterProblem } from '../../runner/roster/roster.ts';
import type { AwsAccount } from '../aws-account.ts';
import type { Probe } from '../prober.ts';

export interface GradeClassOptions {
  /** The instructor's: its credentials assume the learners' roles. */
  readonly account: AwsAccount;
  /** Who is in the class: a CSV, as text or as the file's bytes. */
  readonly roster: string | Uint8Array;
  /** Where results, recordings and the gradebook are kept. A grading that did not end goes on in it. */
  readonly folder: string;
  /** Learners side by side. Default 10. */
  readonly concurrency?: number;
  /** Ids: only these, also if they were graded before. The gradebook tells of all. */
  readonly only?: readonly string[];
  /** Who was fully judged then or later is left alone. */
  readonly since?: Date;
  /** Due date, late rules, attempts: YAML. */
  readonly policy?: string;
  /** Of times that name no offset: `Europe/Berlin`. Default: that of the policy, or UTC. */
  readonly timeZone?: string;
  /** The instructor's own judgement of learners: YAML. Kept in the folder for later gradings. */
  readonly overrides?: string;
  /** File of the key that signs the results, as `labwright keygen` makes it. */
  readonly signingKey?: string;
  /** How the lab's test user is tried. Left out, nothing is written in the accounts: CloudTrail and the policies are looked at. */
  readonly probe?: Exclude<Probe, object>;
  /** How long a check may wait for AWS to settle, in milliseconds. Default one minute. */
  readonly patienceMs?: number;
  /** Ends the grading after the learners that are under way; the next one in the folder goes on with it. */
  readonly signal?: AbortSignal;
}

export interface GradedClass {
  /** The public class result, as `labwright grade --json` prints it. */
  readonly result: ClassResult;
  /** Those that people open: the gradebook in its forms. */
  readonly files: readonly string[];
  /** What is wrong with the roster; who stands in a line with an error was not graded. */
  readonly problems: readonly RosterProblem[];
}
