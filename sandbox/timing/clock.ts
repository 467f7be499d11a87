import { atOnce, type Timing } from './timing.ts';

/** The account's time. Tests move it; nothing in the sandbox asks the machine for the time directly. */
export class Clock {
  /** How long things take by this clock. A change counts from the next request on. */
  timing: Timing = atOnce;
  /** Told how far ahead of the machine's time the account's is, whenever that changes. */
  onAdvance?: ((offsetMs: number) => void) | undefined;
  #offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  /**
   * The machine's time, which clients go by whatever time it is in the account: how fresh a signature is, is a
   * matter between a client's clock and this one.
   */
  machineNow(): Date {
    return new Date();
  }

  /** Moves time forward. */
  advance(milliseconds: number): void {
    if (milliseconds < 0) throw new RangeError('The clock of an account does not run backwards.');
    this.#offsetMs += milliseconds;
    this.onAdvance?.(this.#offsetMs);
  }
}
