import { setTimeout as delay } from 'node:timers/promises';
import { CallError } from '../../checks/call.ts';
import type { Answer, Caller, RoleSession } from '../accounts/caller.ts';

/** A new key takes seconds to be known everywhere (3 to 15 were measured by several projects); a minute is ample. */
const patienceMs = 60_000;
const unknownKeyCodes = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
]);

/** Calls with a new key: asks again while AWS does not know the key yet, which each service learns at its own time. */
export class PatientCaller implements Caller {
  readonly region: string;
  readonly #inner: Caller;
  readonly #signal: AbortSignal | undefined;
  #gaveUp = false;
  readonly #deadline = Date.now() + patienceMs;

  /** @param signal ends the waiting */
  constructor(inner: Caller, signal?: AbortSignal) {
    this.region = inner.region;
    this.#inner = inner;
    this.#signal = signal;
  }

  /** Whether AWS still did not know the key when the patience was over: the key is gone, or will never be known. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  async send(...[call, input]: Parameters<Caller['send']>): Promise<Answer> {
    for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 4000)) {
      try {
        return await this.#inner.send(call, input);
      } catch (error) {
        const unknownYet = error instanceof CallError && unknownKeyCodes.has(error.code);
        if (!unknownYet) throw error;
        if (Date.now() + waitMs > this.#deadline) {
          this.#gaveUp = true;
          throw error;
        }
        await delay(waitMs, undefined, { signal: this.#signal });
      }
    }
  }

  inRegion(region: string): Caller {
    return new PatientCaller(this.#inner.inRegion(region), this.#signal);
  }

  inSession(session: RoleSession): Caller {
    if (!this.#inner.inSession) throw new Error('These credentials cannot be tried in a session.');
    return new PatientCaller(this.#inner.inSession(session), this.#signal);
  }

  close(): void {
    this.#inner.close();
  }
}
