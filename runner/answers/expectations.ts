/** What an author expects of an answer. */

export interface Concept {
  readonly id: string;
  /** A few words that name it: "the same key on both sides". */
  readonly about: string;
  /** One of them shows the concept; see `pattern.ts`. */
  readonly patterns: readonly string[];
  readonly points: number;
  /** One sentence on what the answer lacks without it. */
  readonly missing: string;
}

export interface Misconception {
  readonly id: string;
  /** One of them states it, unless the sentence denies it. */
  readonly patterns: readonly string[];
  /** Where one of these is in the same sentence, something else is meant. */
  readonly unless: readonly string[];
  /** What is true, one or two sentences. */
  readonly correction: string;
  /** Where to read more. */
  readonly link?: string | undefined;
  /** Points that it takes away. */
  readonly costs: number;
}

export interface Expectations {
  readonly concepts: readonly Concept[];
  readonly misconceptions: readonly Misconception[];
}
