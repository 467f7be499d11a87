import type { Decision } from '../decision.ts';

/** A way to change the answer. */
export interface Remedy {
  /** What to do, one or two sentences of Markdown. */
  readonly what: string;
  /** A policy statement to add, as AWS writes it. */
  readonly statement?: object;
}

/** Why a request is allowed or denied, for a reader who is new to it. */
export interface Explanation {
  readonly decision: Decision;
  /** What decides and what is missing, one sentence each, the most telling first. */
  readonly because: readonly string[];
  /** Where access is denied, what would give it, least privilege first; where it is allowed, what would end it. */
  readonly remedies: readonly Remedy[];
}
