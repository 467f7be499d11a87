/**
 * An account that is opened once and a prober that is made once, for any number of checks of a lab: a single `check`, or
 * one after the other as somebody works.
 */
import type { Caller, Identity } from '../runner/accounts/caller.ts';
import type { OpenAccount } from '../runner/accounts/open-account.ts';
import { type CheckedLab, type CheckLabOptions, checkLab } from '../runner/check-lab.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { askingProber } from '../runner/probe/asking.ts';
import { Journal } from '../runner/probe/journal.ts';
import { removeLeftKeys } from '../runner/probe/left-keys.ts';
import type { Prober } from '../runner/probe/prober.ts';
import { profileProber } from '../runner/probe/profile.ts';
import { temporaryKeyProber } from '../runner/probe/temporary-key.ts';
import { waysOf } from '../runner/probe/ways.ts';
import type { StateFolder } from '../runner/state/state-folder.ts';
import type { ProbeChoice } from './options/probe.ts';
import { plain } from './terminal/style.ts';

export interface CheckerOptions {
  readonly lab: Lab;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly settings: Readonly<Record<string, string>>;
  readonly account: OpenAccount;
  /** How the test user is tried; `ask` is asked where this is left open. */
  readonly probe?: ProbeChoice;
  /** Whether a temporary access key of the user may be made, once for each user; absent where nobody can be asked. */
  readonly ask?: (userName: string) => Promise<boolean>;
  readonly state: StateFolder;
  /** Told what was found of earlier runs' temporary keys. */
  readonly note: (text: string) => void;
  readonly author?: string;
  /** Tries the user with the same temporary key in every check until the end, and not with one for each check. */
  readonly keepsProber?: boolean;
  /** Ends calls that are under way; what was made for probes is taken back all the same. */
  readonly signal?: AbortSignal;
}

/** What is asked for in one check of many. @see CheckLabOptions */
export type CheckRun = Pick<CheckLabOptions, 'stages' | 'keepUnchanged' | 'onStart' | 'onFinding'>;

/** The state folder's lock is the caller's to hold during a check. Close it, also when a check threw. */
export class Checker {
  readonly #options: CheckerOptions;
  readonly #journal: Journal;
  readonly #owner: Caller;
  /** Keys are deleted by a caller of its own, which an interruption does not stop. */
  readonly #steward: Caller;
  #prober: { readonly accountId: string; readonly prober: Prober | undefined } | undefined;

  constructor(options: CheckerOptions) {
    this.#options = options;
    this.#journal = new Journal(options.state.journalFolder);
    this.#steward = options.account.owner();
    this.#owner = options.account.owner(options.signal);
  }

  /** Checks stages, all when none is named. One at a time. @throws what `checkLab` throws */
  check(run: CheckRun = {}): Promise<CheckedLab> {
    const { lab, settings, account, probe, state, author, signal } = this.#options;
    return checkLab({
      ...run,
      // Who names stages wants to know of these, whatever is with the others.
      inOrder: !run.stages?.length,
      lab,
      settings,
      caller: this.#owner,
      kind: account.kind,
      ways: waysOf(probe?.way),
      state,
      ...(author && { author }),
      ...(signal && { signal }),
      prober: (identity, recorded) => this.#proberOfRun(identity, recorded),
    });
  }

  /**
   * Takes back what was made for probes. Safe to call more than once.
   *
   * @returns why something could not be taken back; it is noted, and the next check in the folder removes it
   */
  async close(): Promise<string | undefined> {
    const leftBehind = await this.#closeProber();
    this.#owner.close();
    this.#steward.close();
    return leftBehind;
  }

  async #proberOfRun(identity: Identity, recorded: (caller: Caller) => Caller): Promise<Prober | undefined> {
    const { keepsProber } = this.#options;
    if (keepsProber && this.#prober?.accountId === identity.accountId) {
      // What cannot be renewed is tried as it is, and told at the end.
      await this.#prober.prober?.renew().catch(() => undefined);
    } else {
      await this.#closeProber();
      await this.#sweep(identity);
      this.#prober = {
        accountId: identity.accountId,
        prober: this.#proberFor(identity, recorded(this.#steward)),
      };
    }
    const { prober } = this.#prober;
    // One that outlasts the run is lent to it.
    return keepsProber && prober ? { ...prober, async close() {} } : prober;
  }

  async #closeProber(): Promise<string | undefined> {
    const made = this.#prober;
    this.#prober = undefined;
    try {
      await made?.prober?.close();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #proberFor(identity: Identity, steward: Caller): Prober | undefined {
    const { account, probe, ask, signal } = this.#options;
    if (probe?.way === 'profile') {
      const { profile } = probe;
      return profileProber({ profile, caller: account.withProfile(profile, signal), owner: identity });
    }
    const temporary = () =>
      temporaryKeyProber({
        owner: steward,
        identity,
        journal: this.#journal,
        callerFor: (key) => account.withKey(key, signal),
        signal,
      });
    if (probe?.way === 'key') return temporary();
    return probe || !ask ? undefined : askingProber(ask, temporary());
  }

  /** Removes what a killed run left behind; when that fails, the run goes on and says so. */
  async #sweep(identity: Identity): Promise<void> {
    const { note } = this.#options;
    try {
      for (const id of await removeLeftKeys({ owner: this.#steward, identity, journal: this.#journal })) {
        note(`Removed the temporary access key ${id} that an earlier run left behind.\n`);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      note(`A temporary access key of an earlier run could not be looked for or deleted: ${plain(why)}\n`);
    }
  }
}
