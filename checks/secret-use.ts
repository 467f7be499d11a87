import type { CallName, CallOutput } from './call.ts';

/**
 * What a check makes of an answer that holds a secret, such as a data key. Of the answer itself nothing secret is kept:
 * a recording holds what was made of it, and answers with that when the run is judged again.
 */
export interface SecretUse<Name extends CallName, Given, Made> {
  /**
   * Tells it from whatever else is made of the same answer: `open-envelope`. What is made otherwise than before gets another
   * name, so that no recording answers with what was made in the old way.
   */
  readonly name: string;
  /** All that goes in besides the answer; it is kept, so no secret. */
  readonly given: Given;
  /** Plain JSON that gives no secret away. The same answer and the same `given` always make the same. */
  readonly make: (answer: CallOutput<Name>, given: Given) => Made | Promise<Made>;
}
