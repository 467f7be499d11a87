/** The latest calls, for those who ask after them: another process that shows them as they come. */
import type { CallRecord } from './gateway.ts';

const remembered = 300;

export interface NumberedCall {
  /** Counts from 1, in the order in which calls were answered. */
  readonly number: number;
  readonly record: CallRecord;
}

export class CallMemory {
  #calls: NumberedCall[] = [];
  #count = 0;

  add(record: CallRecord): void {
    this.#count += 1;
    this.#calls.push({ number: this.#count, record });
    // Cut now and then, which costs less than each time.
    if (this.#calls.length > 2 * remembered) this.#calls = this.#calls.slice(-remembered);
  }

  /** The latest calls after that number, oldest first. */
  after(number: number): NumberedCall[] {
    return this.#calls.filter((call) => call.number > number).slice(-remembered);
  }
}
