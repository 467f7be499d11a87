import type { CallInput, CallName, CallOutput } from './call.ts';
import type { SecretUse } from './secret-use.ts';

/**
 * Whatever answers AWS calls: live AWS, the sandbox, or a recording. A check cannot tell which.
 *
 * Equal reads of one run are asked once, even when asked at the same time; probes are always asked.
 */
export interface Account<Calls extends CallName = CallName> {
  /** Twelve digits. */
  readonly id: string;
  /** ARN of the principal whose credentials are used. */
  readonly arn: string;
  readonly region: string;
  /** The time to judge by: now, or when what answers was recorded. */
  now(): Date;
  /**
   * Makes one call.
   *
   * @throws CallError when AWS answers with an error or does not answer
   * @throws UndeclaredCall when the check did not declare the call; nothing leaves the program
   */
  call<Name extends Calls>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /**
   * Makes one call whose answer holds a secret, and gives what `use` makes of it: never from memory, and the secret
   * outlives neither this call nor the check.
   *
   * @throws as `call` does
   */
  useSecret<Name extends Calls, Given, Made>(
    name: Name,
    input: CallInput<Name>,
    use: SecretUse<Name, Given, Made>,
  ): Promise<Made>;
  /** The same account and credentials in another Region. */
  inRegion(region: string): Account<Calls>;
}

/** A role, and the external id that is told with the request for it. */
export interface AskedRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** The account as somebody else who is tried. */
export interface TriedAccount<Calls extends CallName = CallName> extends Account<Calls> {
  /**
   * The same as a session of a role that the principal assumes for it, a quarter of an hour at most. Takes `sts:AssumeRole`
   * among the declared probes.
   *
   * @throws CallError when AWS does not let the principal assume the role
   */
  inRole(role: AskedRole): Promise<Account<Calls>>;
}

/** A check tried a call that it did not declare: the author's error, never the learner's. */
export class UndeclaredCall extends Error {
  constructor(check: string, call: string) {
    super(
      `The check ${check} tried ${call}, which it does not declare under \`calls\`; the call was not made.`,
    );
    this.name = 'UndeclaredCall';
  }
}

/** A check tried a write that could change something: the author's error, never the learner's. */
export class HarmfulProbe extends Error {
  constructor(check: string, call: string) {
    super(
      `The check ${check} tried ${call} in a form that could change an item; the call was not made. What a check tries must not be able to do anything.`,
    );
    this.name = 'HarmfulProbe';
  }
}
