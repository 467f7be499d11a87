/** The contract of a kind: how a thing is looked at, and how it is removed. */
import type { Account } from '../../checks/account.ts';
import type { CallName } from '../../checks/call.ts';
import type { MadeKind, Thing } from './made.ts';

export interface Kind {
  /** All that looking may ask; nothing else leaves the program. */
  readonly reads: readonly CallName[];
  /** What removing may do besides. */
  readonly writes: readonly CallName[];
  /** @throws CallError when AWS does not tell */
  look(thing: Thing, account: Account, surroundings: Surroundings): Promise<Sight>;
}

/** What else the lab made. */
export interface Surroundings {
  /** Whether the lab made the thing of that name. */
  readonly isOfLab: (kind: MadeKind, name: string) => boolean;
  /** Whether the lab made it and it is gone, or will be before this one's turn. */
  readonly goes: (kind: MadeKind, name: string) => boolean;
}

export type Sight = Absent | Present;

/** There is nothing of that name. */
interface Absent {
  readonly there: false;
  /** What is left of it, where something is. */
  readonly rest?: Gone;
}

export interface Present {
  readonly there: true;
  /** Tells it from another thing of the same name. */
  readonly id: string;
  /** One line on what it is. */
  readonly about: string;
  /** What is lost with it. */
  readonly loses: readonly string[];
  /** Why it is not removed; sentences that say what to do. */
  readonly stops: readonly string[];
  /** Why it may be somebody else's: removed only when that is agreed to for this thing. */
  readonly doubts: readonly string[];
  /** What it costs as long as it is there. */
  readonly costs: string;
  /** Removes it and makes sure that it is gone. @throws CallError, Interrupted, StillThere */
  readonly remove: (account: Account, work: Work) => Promise<Gone>;
}

/** What is said of a thing once it is gone. */
export interface Gone {
  readonly says: string;
  /** When it goes for good, if that is later: an ISO date and time. */
  readonly until?: string;
  /** What it costs until then. */
  readonly costs?: string;
}

/** How a removal goes on: step by step, so that it can be interrupted between two steps and told about. */
interface Work {
  /**
   * Does one step and notes what it did. That its object is not there any more is fine.
   *
   * @param did what is said when it is done
   * @throws CallError; Interrupted when the learner wants to stop, before the step begins
   */
  step(did: string, run: () => Promise<unknown>): Promise<void>;
  /** Asks again and again until it is so, for some minutes at most. @throws StillThere, Interrupted */
  until(ask: () => Promise<boolean>, otherwise: string): Promise<void>;
}

/** The learner wants to stop. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
    this.name = 'Interrupted';
  }
}

/** AWS took the request, and the thing was still there when the time was over. */
export class StillThere extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StillThere';
  }
}
