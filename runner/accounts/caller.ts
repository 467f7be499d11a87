import type { CallName } from '../../checks/call.ts';

/** Who answers: AWS itself, AWS through a role, the sandbox, or what was recorded. */
export type AccountKind = 'live' | 'assumed' | 'sandbox' | 'recording';

export interface Identity {
  /** Twelve digits. */
  readonly accountId: string;
  readonly arn: string;
}

export interface Answer {
  readonly output: Record<string, unknown>;
  readonly requestId?: string;
}

/** Makes AWS calls as one principal. Everything above it is the same for every kind of account. */
export interface Caller {
  readonly region: string;
  /**
   * @param times `once` never repeats a call whose answer was lost: for calls that make something each time
   * @throws CallError
   */
  send(call: CallName, input: object, times?: 'once'): Promise<Answer>;
  /** The same credentials, in another Region. */
  inRegion(region: string): Caller;
  /** Closes connections, those of other Regions as well. */
  close(): void;
}
