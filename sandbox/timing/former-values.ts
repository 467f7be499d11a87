import type { Clock } from './clock.ts';
import { type Former, findFormer, keepFormer } from './former.ts';
import type { Timing } from './timing.ts';

/** The former values of many things, by their ids: also of things that are gone. */
export class FormerValues<Value> {
  readonly #clock: Clock;
  readonly #delay: (timing: Timing) => number;
  /** The one that changed last comes last. */
  readonly #byId = new Map<string, readonly Former<Value>[]>();

  /** @param delay milliseconds, by the timing that holds at the moment */
  constructor(clock: Clock, delay: (timing: Timing) => number) {
    this.#clock = clock;
    this.#delay = delay;
  }

  /** To be called before a change. @param value asked for only if there is a delay */
  keep(id: string, value: () => Value): void {
    const delayMs = this.#delay(this.#clock.timing);
    if (delayMs === 0) return;
    this.#forget(this.#clock.now().getTime() - delayMs);
    const former = keepFormer(this.#byId.get(id), value(), this.#clock, delayMs);
    this.#byId.delete(id);
    if (former) this.#byId.set(id, former);
  }

  /** What counts in place of the present value; undefined where the present one does. */
  find(id: string): Former<Value> | undefined {
    if (this.#byId.size === 0) return undefined;
    return findFormer(this.#byId.get(id), this.#clock, this.#delay(this.#clock.timing));
  }

  /** What is kept, by id. */
  entries(): Iterable<readonly [id: string, former: readonly Former<Value>[]]> {
    return this.#byId;
  }

  /** Takes back an entry that was kept elsewhere. */
  restore(id: string, former: readonly Former<Value>[]): void {
    this.#byId.set(id, former);
  }

  #forget(before: number): void {
    for (const [id, former] of this.#byId) {
      const last = former.at(-1);
      if (last && last.until > before) return;
      this.#byId.delete(id);
    }
  }
}
