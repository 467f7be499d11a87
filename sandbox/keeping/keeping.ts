/** Keeps the accounts of a sandbox in a folder, from one process to the next. */
import { deserialize, serialize } from 'node:v8';
import type { SandboxAccount } from '../account.ts';
import type { AccessKey, AccountAccess } from '../account-access.ts';
import type { Accounts } from '../accounts.ts';
import type { Attempt } from '../services/cloudtrail/attempt.ts';
import { isManagementCall, isReadOnly } from '../services/cloudtrail/management-calls.ts';
import type { Clock } from '../timing/clock.ts';
import type { ComparedRecords } from './compared-records.ts';
import { DataFolder } from './data-folder.ts';
import { DataFolderProblem, unfit } from './data-folder-problem.ts';
import { Journal } from './journal.ts';
import { KeptAccount } from './kept-account.ts';

export interface KeepingOptions {
  readonly path: string;
  /** Without accounts as yet. */
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Told when writing to the folder begins to fail. */
  readonly onProblem?: ((problem: Error) => void) | undefined;
}

/** What is kept of an account beside its contents. */
interface KeptAccess {
  /** Position among the accounts, in the order in which they were opened. */
  readonly order: number;
  readonly administrator: AccountAccess['administrator'];
  readonly root: AccessKey;
}

const clockKey = 'clock';
const accessPrefix = 'accounts/';

export class Keeping {
  /** The accounts that were in the folder, in the order in which they were opened. */
  readonly kept: AccountAccess[] = [];
  readonly #folder: DataFolder;
  readonly #journal: Journal;
  readonly #accounts = new Map<SandboxAccount, KeptAccount>();
  readonly #onProblem: KeepingOptions['onProblem'];
  /** What calls have looked at since there was last none under way. */
  readonly #inUse = new Set<ComparedRecords>();
  #underWay = 0;
  #failing = false;

  private constructor(folder: DataFolder, { onProblem }: KeepingOptions) {
    this.#folder = folder;
    this.#journal = new Journal(folder);
    this.#onProblem = onProblem;
  }

  /**
   * Opens the folder, puts its accounts among the others and moves the clock to where it was.
   *
   * @throws DataFolderProblem
   */
  static async open(options: KeepingOptions): Promise<Keeping> {
    const folder = await DataFolder.open(options.path);
    const keeping = new Keeping(folder, options);
    try {
      await keeping.#restore(options);
      return keeping;
    } catch (error) {
      await folder.close();
      throw error instanceof DataFolderProblem ? error : unfit(options.path, 'damaged', error);
    }
  }

  /** Takes a new account in. It is written in the background; {@link written} waits for it. */
  add({ account, administrator, root }: AccountAccess): void {
    const access: KeptAccess = { order: this.#accounts.size, administrator, root };
    this.#journal.set(accessPrefix + account.id, serialize(access));
    const kept = this.#keptAccount(account);
    kept.observe();
    this.#journal.suspect(kept.iam);
    this.#writeSoon();
  }

  /**
   * Carries a call out, and waits until all that it changed, and all that it may have seen, is in the folder.
   *
   * What calls of a kind that only reads change by the way (when a key was last used, when a table was last counted) is
   * kept with the next change of the same service, or when the sandbox is closed.
   *
   * @throws DataFolderProblem beside what the call throws
   */
  async keep({ service, operation, call }: Attempt, carryOut: () => Promise<unknown>): Promise<unknown> {
    this.#underWay++;
    try {
      return await carryOut();
    } finally {
      const name = operation.schema[2];
      if (isManagementCall(service, name) && !isReadOnly(service, name)) {
        for (const records of this.#inUse) this.#journal.suspect(records);
        if (service === 'iam') this.#journal.suspect(this.#keptAccount(call.account).iam);
      }
      this.#underWay--;
      if (this.#underWay === 0) this.#inUse.clear();
      await this.written();
    }
  }

  /** Resolves when everything that has changed so far is in the folder. @throws DataFolderProblem */
  async written(): Promise<void> {
    try {
      await this.#journal.written();
      this.#failing = false;
    } catch (problem) {
      if (!this.#failing && problem instanceof Error) this.#onProblem?.(problem);
      this.#failing = true;
      throw problem;
    }
  }

  /** Writes what is left and lets the folder go. @throws DataFolderProblem when it could not be written */
  async close(): Promise<void> {
    for (const account of this.#accounts.values()) account.suspectAll();
    try {
      await this.written();
    } finally {
      await this.#folder.close();
    }
  }

  async #restore({ accounts, clock }: KeepingOptions): Promise<void> {
    const accesses: [id: string, access: KeptAccess][] = [];
    for await (const [key, bytes] of this.#folder.entries(accessPrefix)) {
      accesses.push([key.slice(accessPrefix.length), deserialize(bytes) as KeptAccess]);
    }
    accesses.sort(([, a], [, b]) => a.order - b.order);
    for await (const [, bytes] of this.#folder.entries(clockKey)) clock.advance(deserialize(bytes) as number);
    for (const [id, { administrator, root }] of accesses) {
      const account = accounts.add(id);
      const keptAccount = this.#keptAccount(account);
      await keptAccount.restore(this.#folder);
      keptAccount.observe();
      this.kept.push({ account, administrator, root });
    }
    clock.onAdvance = (offsetMs) => {
      this.#journal.set(clockKey, serialize(offsetMs));
      this.#writeSoon();
    };
  }

  #keptAccount(account: SandboxAccount): KeptAccount {
    let kept = this.#accounts.get(account);
    if (!kept) {
      kept = new KeptAccount(account, this.#journal, (records) => this.#inUse.add(records));
      this.#accounts.set(account, kept);
    }
    return kept;
  }

  /** Whoever has to be told of a problem is told by `onProblem`, or by the next call. */
  #writeSoon(): void {
    this.written().catch(() => {});
  }
}
