/** The accounts that one sandbox answers for. */
import { randomInt } from 'node:crypto';
import { SandboxAccount } from './account.ts';
import { HistoryBudget } from './services/cloudtrail/history-budget.ts';
import type { Clock } from './timing/clock.ts';

/** The id of an AWS account ("AWS account identifiers" in the account management reference guide). */
const accountIdPattern = /^\d{12}$/;

export class Accounts {
  /** What the event histories of all accounts may take up together. */
  readonly historyBudget = new HistoryBudget();
  readonly #byId = new Map<string, SandboxAccount>();
  /** What was found before. An access key id never comes to stand for somebody in another account. */
  readonly #byAccessKey = new Map<string, SandboxAccount>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Makes an empty account.
   *
   * @param id 12 digits; left out, one is drawn that no account has
   * @throws RangeError for an id that is none, or is taken
   */
  add(id: string = this.#freeId()): SandboxAccount {
    if (!accountIdPattern.test(id)) throw new RangeError(`An account id has 12 digits; '${id}' is none.`);
    if (this.#byId.has(id)) throw new RangeError(`The sandbox has an account ${id} already.`);
    const account = new SandboxAccount(id, this.#clock, this);
    this.#byId.set(id, account);
    return account;
  }

  /** In the order in which they were made. */
  all(): SandboxAccount[] {
    return [...this.#byId.values()];
  }

  find(id: string): SandboxAccount | undefined {
    return this.#byId.get(id);
  }

  /** The account in which an access key id stands for somebody. */
  ofAccessKey(accessKeyId: string): SandboxAccount | undefined {
    const known = this.#byAccessKey.get(accessKeyId);
    if (known?.credential(accessKeyId)) return known;
    this.#byAccessKey.delete(accessKeyId);
    for (const account of this.#byId.values()) {
      if (account.credential(accessKeyId) === undefined) continue;
      this.#byAccessKey.set(accessKeyId, account);
      return account;
    }
    return undefined;
  }

  #freeId(): string {
    let id: string;
    do {
      // No leading zero: tools that take the id for a number would drop it.
      id = String(randomInt(100_000, 1_000_000)) + String(randomInt(0, 1_000_000)).padStart(6, '0');
    } while (this.#byId.has(id));
    return id;
  }
}
