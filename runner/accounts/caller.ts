import type { CallName } from '../../checks/call.ts';
import type { AccessKey } from './access-key.ts';

/** Who answers: AWS itself, AWS through a role, the sandbox, or what was recorded. */
export type AccountKind = 'live' | 'assumed' | 'sandbox' | 'recording';

export interface Identity {
  /** Twelve digits. */
  readonly accountId: string;
  readonly arn: string;
}

/** When an answer came that is not of now. */
export interface Recorded {
  /** ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
}

export interface Answer {
  readonly output: Record<string, unknown>;
  readonly requestId?: string;
  /** Set by a recording. */
  readonly recorded?: Recorded;
  /** What was made of the output, where the call was sent for a use of it and that was made already. */
  readonly made?: unknown;
}

/** What the answer to a call is for, where it holds a secret that must not be kept; `SecretUse` of a check. */
export interface AnswerUse {
  readonly name: string;
  readonly given: unknown;
  readonly make: (output: Answer['output']) => unknown;
}

/** A session of a role that was assumed. */
export interface RoleSession {
  readonly key: AccessKey;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string;
}

/** Makes AWS calls as one principal. Everything above it is the same for every kind of account. */
export interface Caller {
  readonly region: string;
  /**
   * @param times `once` never repeats a call whose answer was lost: for calls that make something each time
   * @param use what the answer is for; recordings keep what is made of it. Callers that keep nothing leave it to the asker
   * @throws CallError
   */
  send(call: CallName, input: object, times?: 'once', use?: AnswerUse): Promise<Answer>;
  /** The same credentials, in another Region. */
  inRegion(region: string): Caller;
  /**
   * The same, for what one check asks by itself and shares with no other: recordings keep those answers apart. Callers that
   * make no difference leave it out.
   */
  onBehalfOf?(check: string): Caller;
  /** To the same place with a session's credentials. Callers that nobody is tried with leave it out. */
  inSession?(session: RoleSession): Caller;
  /** Closes connections, those of other Regions and of sessions as well. */
  close(): void;
}
