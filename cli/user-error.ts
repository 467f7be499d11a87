/** Exit codes of every command. */
export const exitCodes = {
  passed: 0,
  failed: 1,
  /** The command line or a lab file is wrong. */
  usage: 2,
  /** Something could not be judged. */
  notJudged: 3,
  /** Ended by Ctrl-C, as shells count it. */
  interrupted: 130,
  /** Nobody reads the output any more, as shells count it. */
  brokenPipe: 141,
} as const;

/** Something the user can mend: told as a message, never as a stack trace. */
export class UserError extends Error {
  readonly exitCode: number;

  /** @param message the thing, what was seen, what to do */
  constructor(message: string, exitCode: number = exitCodes.usage) {
    super(message);
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}
