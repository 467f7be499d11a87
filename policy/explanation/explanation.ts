import type { Decision } from '../decision.ts';
import type { Undecided } from '../doubt.ts';

/** The policy that a statement belongs into. */
export type PolicyPlace = 'key policy' | 'identity' | 'boundary' | 'session';

/** A way to change the answer. Everything in it is plain text: names in it come from an account. */
export interface Remedy {
  /** What to do, one or two sentences. */
  readonly what: string;
  /** A policy statement to add, as AWS writes it. */
  readonly statement?: object;
  /** Where the statement is to be added. */
  readonly to?: PolicyPlace;
  /** A command of the AWS CLI that does it. */
  readonly command?: string;
  /** What is needed besides: the way leads nowhere without. */
  readonly also?: readonly Remedy[];
}

/** Why a request is allowed or denied, for a reader who is new to it. */
export interface Explanation {
  readonly decision: Decision | Undecided;
  /** What decides and what is missing, one sentence each, the most telling first. */
  readonly because: readonly string[];
  /**
   * Where access is denied, what would give it, least privilege first; where it is allowed, what would end it. Where
   * it is undecided, none: whether anything needs to change is not known.
   */
  readonly remedies: readonly Remedy[];
}
