/** Looks at a class side by side without keeping whole results: of each, only what two learners cannot both have. */
import { type Double, findDoubles, findShared, type Held, heldBy } from '../integrity/find-doubles.ts';
import type { Result } from '../result.ts';
import type { Learner } from './learner-result.ts';
import { Marks } from './marks.ts';

/** The requests as one text, one to a line: tens of thousands of short texts take several times the memory. */
interface Kept extends Omit<Held, 'requests'> {
  readonly requests: string;
}

export class Suspicions {
  readonly #alone: Double[] = [];
  readonly #kept: Kept[] = [];
  readonly #marks = new Marks();

  /** @param recording digest of the recording, where one was kept */
  add({ id, account }: Pick<Learner, 'id' | 'account'>, result: Result, recording?: string): void {
    const told = { learner: id, result, ...(recording !== undefined && { recording }) };
    this.#alone.push(
      ...findDoubles([{ ...told, ...(account !== undefined && { declaredAccount: account }) }]),
    );
    const held = heldBy(told);
    const holder = this.#kept.length;
    for (const value of [held.account, ...held.requests, ...(recording === undefined ? [] : [recording])])
      this.#marks.add(value, holder);
    this.#kept.push({ ...held, requests: held.requests.join('\n') });
  }

  found(): Double[] {
    // Hardly anybody: of all others nothing has to be compared.
    const alike = this.#marks.alike();
    const held = this.#kept
      .filter((_, holder) => alike.has(holder))
      .map((kept): Held => ({ ...kept, requests: kept.requests.split('\n').filter(Boolean) }));
    return [...findShared(held), ...this.#alone];
  }
}
