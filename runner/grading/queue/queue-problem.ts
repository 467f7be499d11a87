/** The queue cannot be used as things are: told as a message. Never holds a password. */
export class QueueProblem extends Error {
  /** @param message the thing, what was seen, what to do */
  constructor(message: string) {
    super(message);
    this.name = 'QueueProblem';
  }
}
