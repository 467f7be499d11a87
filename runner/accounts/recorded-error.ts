import { CallError } from '../../checks/call.ts';
import type { Recorded } from './caller.ts';

/** An error of AWS as it was answered when a recording was made. */
export class RecordedError extends CallError {
  readonly recorded: Recorded;

  constructor(call: string, fault: ConstructorParameters<typeof CallError>[1], recorded: Recorded) {
    super(call, fault);
    this.recorded = recorded;
  }
}
