/** The contract of a check: one question about the account. */
import { z } from 'zod';
import type { Account, TriedAccount } from './account.ts';
import type { CallName } from './call.ts';
import type { Expect } from './expect.ts';

/** How a check reached its answer; see design of verdicts in docs/verdicts.md. */
export type CheckBasis = 'observed' | 'history' | 'reasoned';

/** What a check is given to work with. */
export interface CheckContext<Params, Calls extends CallName, Probes extends CallName> {
  readonly params: Params;
  readonly account: Account<Calls>;
  /**
   * The account as another IAM user, for probes: calls are made with that user's credentials and never answered
   * from memory.
   *
   * @throws CannotActAs when no credentials of that user may be used
   */
  actAs(userName: string): Promise<TriedAccount<Probes>>;
  /**
   * The ways that this run may take to an answer: what the lab accepts of what the learner agreed to. Only checks that
   * declare `probes` have a choice.
   */
  readonly bases: ReadonlySet<CheckBasis>;
  /** chai's `expect`, with the sentence that the learner reads when it fails. */
  readonly expect: Expect;
  /**
   * Waits for an answer; when AWS says that the thing is not there, the check fails with the sentence.
   *
   * @param nearMisses looks for what may have been meant, for the hint
   */
  found<Value>(
    answer: Promise<Value>,
    sentence: string,
    nearMisses?: () => Promise<readonly string[]>,
  ): Promise<Value>;
  /**
   * Asks again until `settled` holds or the run's patience is over, and gives the last answer either way. For
   * things that AWS is visibly still doing; never for things that the learner has not done.
   */
  poll<Value>(
    ask: (fresh: Account<Calls>) => Promise<Value>,
    settled: (value: Value) => boolean,
  ): Promise<Value>;
}

/** A check that passed says what it saw and hands outputs to later checks. */
export interface Passed<Outputs> {
  /** One sentence for the learner. */
  readonly message: string;
  readonly outputs: Outputs;
  /** Defaults to the check's own. */
  readonly basis?: CheckBasis;
}

/** Who hands nothing on need not say so. */
type PassedOrBare<Outputs> =
  | Passed<Outputs>
  | (Record<never, never> extends Outputs ? Omit<Passed<Outputs>, 'outputs'> : never);

export interface CheckDefinition<
  Params extends z.ZodObject,
  Outputs extends z.ZodObject,
  Calls extends CallName,
  Probes extends CallName,
> {
  /** Its path under `checks/` without the extension: `kms/key-exists`. */
  readonly id: string;
  /** What holds when it passes, as a sentence without a full stop. */
  readonly title: string;
  /** Everything it may call with the owner's credentials; enforced. */
  readonly calls: readonly Calls[];
  /** Of the calls, those that only sharpen a hint: lacking the permission for them costs nothing. */
  readonly optional?: readonly NoInfer<Calls>[];
  /** What AWS asks of the owner besides the calls themselves: `kms:Decrypt` for reading a table under a key. */
  readonly alsoNeeds?: readonly string[];
  /** Everything it may call as another principal; enforced. */
  readonly probes?: readonly Probes[];
  /** How it reaches its answer unless it says otherwise. Default `observed`. */
  readonly basis?: CheckBasis;
  readonly params: Params;
  /**
   * What later checks may refer to. An output named `id` tells a thing from another that was made later under the same
   * name: what was seen of the one is not kept for the other. Left out, there is nothing to refer to.
   */
  readonly outputs?: Outputs;
  /** After this time it is not judged, in milliseconds. Default five minutes for checks that do not come with Labwright. */
  readonly limitMs?: number;
  /**
   * Passes by returning. A failed expectation or a missing thing is a `fail`; anything else thrown is an `error`.
   */
  run(context: CheckContext<z.output<Params>, Calls, Probes>): Promise<PassedOrBare<z.output<Outputs>>>;
}

/** A check as the runner handles it, its parameter types already proven by its own schema. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly calls: readonly CallName[];
  readonly optional: readonly CallName[];
  readonly alsoNeeds: readonly string[];
  readonly probes: readonly CallName[];
  readonly basis: CheckBasis;
  readonly params: z.ZodObject;
  readonly outputs: z.ZodObject;
  readonly limitMs?: number;
  run(context: CheckContext<unknown, CallName, CallName>): Promise<Passed<Record<string, unknown>>>;
}

type NoOutputs = z.ZodObject<Record<never, never>>;

/** Of every check that hands nothing on. */
const noOutputs: NoOutputs = z.object({});

/** What `defineCheck` made, in every copy of this program. */
const mark = Symbol.for('labwright/check');

/** Defines a check; calls that it does not declare do not even compile. */
export function defineCheck<
  Params extends z.ZodObject,
  Outputs extends z.ZodObject = NoOutputs,
  const Calls extends CallName = never,
  const Probes extends CallName = never,
>(definition: CheckDefinition<Params, Outputs, Calls, Probes>): Check {
  const usual = { basis: 'observed', probes: [], optional: [], alsoNeeds: [], outputs: noOutputs };
  const check = { ...usual, ...definition };
  Object.defineProperty(check, mark, { value: true });
  return check as unknown as Check;
}

/** Whether `defineCheck` made it, that of another copy of this program as well. */
export function isDefined(value: unknown): boolean {
  return typeof value === 'object' && value !== null && mark in value;
}
