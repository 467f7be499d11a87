import { CallError } from '../../checks/call.ts';

/** A call that was not made, because there was nothing to sign it with. */
export class NoCredentials extends CallError {
  /** The profile that was to give them, where one was named. */
  readonly profile: string | undefined;

  constructor(call: string, fault: { code: string; message: string }, profile: string | undefined) {
    super(call, fault);
    this.name = 'NoCredentials';
    this.profile = profile;
  }
}
