/** The account that `serve` works on, opened once; with `--sandbox` a sandbox of its own where none runs. */
import { randomInt } from 'node:crypto';
import type { Identity } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { openAccount } from '../accounts/open-account.ts';
import type { AccountFlags } from '../options/account.ts';
import {
  clientSettings,
  type Endpoint,
  type Identity as TerminalIdentity,
} from '../sandbox/client-settings.ts';
import { sandboxPort } from '../sandbox/port.ts';
import { type Announcement, runningSandbox } from '../sandbox/running-sandbox.ts';
import { followCalls } from './foreign-calls.ts';

export interface KnownAccount {
  readonly id: string;
  readonly region: string;
}

export class ServedAccount {
  readonly #flags: AccountFlags;
  readonly #sandbox: Sandbox | undefined;
  /** What to paste into a terminal, by shell; only for a sandbox that was asked for. */
  readonly terminals: readonly { readonly shell: string; readonly settings: string }[];
  #opened: OpenAccount | undefined;
  #unfollow = () => {};

  private constructor(
    flags: AccountFlags,
    announced: Announcement | undefined,
    sandbox: Sandbox | undefined,
  ) {
    this.#flags = flags;
    this.#sandbox = sandbox;
    this.terminals = announced ? terminalsOf(announced) : [];
  }

  /**
   * @param onCall told of every call to the sandbox, where `--sandbox` asks for one
   * @throws UserError when a sandbox was named by its address and does not answer
   */
  static async prepare(flags: AccountFlags, onCall: (record: CallRecord) => void): Promise<ServedAccount> {
    if (!flags.sandbox) return new ServedAccount(flags, undefined, undefined);
    const named = flags.endpointUrl ?? process.env.AWS_ENDPOINT_URL;
    const running = await runningSandbox(named).catch((error: unknown) => {
      if (named !== undefined) throw error;
      return undefined;
    });
    if (running) {
      const account = new ServedAccount({ ...flags, endpointUrl: running.url }, running, undefined);
      account.#unfollow = followCalls(running.url, onCall);
      return account;
    }
    const { startSandbox } = await import('../../sandbox/sandbox.ts');
    const start = (port: number) =>
      // Another account each time: what was earned in one that is gone must not count in the next.
      startSandbox({ accountId: String(randomInt(1e11, 1e12)), announce: true, port, onCall });
    // Where other commands look with `--sandbox`, if nothing else is there.
    const sandbox = await start(sandboxPort).catch(() => start(0));
    const announced = { url: sandbox.url, region: sandbox.region, ...sandbox.administrator };
    return new ServedAccount({ ...flags, endpointUrl: sandbox.url }, announced, sandbox);
  }

  /** Whether the sandbox is in this process, and ends with it. */
  get isOurs(): boolean {
    return this.#sandbox !== undefined;
  }

  /** Whether its calls are told. */
  get tellsCalls(): boolean {
    return this.#flags.sandbox === true;
  }

  get kind(): OpenAccount['kind'] {
    return this.#opened?.kind ?? (this.#flags.sandbox ? 'sandbox' : 'live');
  }

  /** Opened once it succeeds. @throws UserError when it is not clear which account or Region is meant */
  async open(): Promise<OpenAccount> {
    this.#opened ??= await openAccount(this.#flags);
    return this.#opened;
  }

  /** Asks whose account it is. @throws CallError, and what `open` throws */
  async identify(signal: AbortSignal): Promise<KnownAccount> {
    const caller = (await this.open()).owner(signal);
    try {
      const { accountId }: Identity = await identify(caller);
      return { id: accountId, region: caller.region };
    } finally {
      caller.close();
    }
  }

  async close(): Promise<void> {
    this.#unfollow();
    await this.#sandbox?.close();
  }
}

function terminalsOf({ url, region, accessKeyId, secretAccessKey }: Announcement) {
  const endpoint: Endpoint = { url, region };
  const identity: TerminalIdentity = {
    profile: 'sandbox',
    who: 'administrator',
    accessKeyId,
    secretAccessKey,
  };
  const settings = (form: 'bash' | 'powershell') => clientSettings(form, endpoint, [identity]).trim();
  return [
    { shell: 'bash, zsh', settings: settings('bash') },
    { shell: 'PowerShell', settings: settings('powershell') },
  ];
}
