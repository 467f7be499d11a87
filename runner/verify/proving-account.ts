import type { AccessKey } from '../accounts/access-key.ts';
import type { Caller } from '../accounts/caller.ts';

/** Trouble that an account makes on purpose: shares of the calls, from 0 to 1. */
export interface Trouble {
  /** Throttled. */
  readonly throttled: number;
  /** Answered with HTTP 500 or 503. */
  readonly failing: number;
  /** Cut off before the answer. */
  readonly reset: number;
  /** Answered in two halves. */
  readonly slow: number;
  /** Where chance begins. */
  readonly seed: number;
}

export const noTrouble: Trouble = { throttled: 0, failing: 0, reset: 0, slow: 0, seed: 1 };

/** An empty account of its own, in which a lab is proven. */
export interface ProvingAccount {
  /** Calls as an administrator of the account. */
  readonly owner: Caller;
  readonly callerFor: (key: AccessKey) => Caller;
  readonly setTrouble: (trouble: Trouble) => void;
  readonly close: () => Promise<void>;
}

/** Opens a new one each time. */
export type OpenProvingAccount = () => Promise<ProvingAccount>;
