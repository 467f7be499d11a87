/** An AWS endpoint in this process: accounts, and a server on loopback that answers for them. */
import type { AddressInfo } from 'node:net';
import { type AccessKey, type AccountAccess, openAccount } from './account-access.ts';
import { Accounts } from './accounts.ts';
import { CallMemory } from './gateway/call-memory.ts';
import { type CallRecord, createGateway } from './gateway/gateway.ts';
import { localPaths, withLocalEndpoints } from './gateway/local-endpoints.ts';
import { close, listen } from './gateway/server.ts';
import type { Keeping } from './keeping/keeping.ts';
import { findService } from './services/find-service.ts';
import { Clock } from './timing/clock.ts';
import type { Timing } from './timing/timing.ts';
import { calm, type Weather } from './weather/weather.ts';
import { withWeather } from './weather/with-weather.ts';

export type { AccessKey, AccountAccess } from './account-access.ts';

export interface SandboxOptions {
  /** Twelve digits; default 123456789012. Counts for nothing where `data` holds an account already. */
  readonly accountId?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0, a free port. */
  readonly port?: number;
  /** How it misbehaves on purpose; calm where nothing is said. */
  readonly weather?: Partial<Weather>;
  /** What of it is otherwise over one account, by its id; asked at each call, with the account of the caller. */
  readonly weatherOver?: (accountId: string) => Partial<Omit<Weather, 'seed'>> | undefined;
  /** How long AWS's changes take to count; at once where nothing is said. */
  readonly timing?: Partial<Timing>;
  /**
   * A folder in which everything is kept, also when the process is killed: what was answered is there at the next start.
   * Made where it is missing. One sandbox at a time has it. Left out, nothing outlives the process.
   */
  readonly data?: string | undefined;
  /** Told when writing to that folder begins to fail; calls are answered with HTTP 500 until it works again. */
  readonly onDataProblem?: (problem: Error) => void;
  /**
   * Lets other processes of this machine ask for the administrator's access key, for tables at rest and for the latest calls.
   * Default false.
   */
  readonly announce?: boolean;
  /** Told of every request once it is answered. */
  readonly onCall?: (record: CallRecord) => void;
}

/** `account`, `administrator` and `root` are those of the account that exists from the start. */
export interface Sandbox extends AccountAccess {
  /** `http://127.0.0.1:49152` */
  readonly url: string;
  /** The Region to use when nothing speaks for another; the sandbox answers for every Region. */
  readonly region: string;
  readonly clock: Clock;
  /** Changes the weather from the next call on; what is not named stays as it is. */
  setWeather(weather: Partial<Weather>): void;
  /** Changes the timing from the next call on; what is not named stays as it is. */
  setTiming(timing: Partial<Timing>): void;
  /** All accounts, in the order in which they were opened. */
  readonly accounts: readonly AccountAccess[];
  /**
   * Opens another account in the same sandbox.
   *
   * @param id 12 digits; left out, one is drawn
   * @throws RangeError for an id that is none, or is taken
   */
  addAccount(id?: string): AccountAccess;
  /** Stops listening. What the accounts held is gone with the process, unless it is kept. */
  close(): Promise<void>;
}

const defaultRegion = 'us-east-1';

/**
 * Starts a sandbox with one account, or with those that were kept.
 *
 * @throws the listening error (EADDRINUSE, EACCES), or DataFolderProblem
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new Clock();
  clock.timing = { ...clock.timing, ...options.timing };
  const accounts = new Accounts(clock);
  const keeping = await keepIn(options, accounts, clock);
  const opened: AccountAccess[] = [...(keeping?.kept ?? [])];
  const open = (id?: string): AccountAccess => {
    const access = openAccount(accounts, id);
    opened.push(access);
    keeping?.add(access);
    return access;
  };
  const first = opened[0] ?? open(options.accountId ?? '123456789012');
  const accountOf = (accessKeyId: string) => accounts.ofAccessKey(accessKeyId);
  let weather: Weather = { ...calm, ...options.weather };
  const calls = options.announce ? new CallMemory() : undefined;
  const gateway = createGateway({
    serviceOf: findService,
    clock,
    accountOf,
    onCall: calls
      ? (record) => {
          calls.add(record);
          options.onCall?.(record);
        }
      : options.onCall,
    keep: keeping && ((attempt, carryOut) => keeping.keep(attempt, carryOut)),
  });
  const host = options.host ?? '127.0.0.1';
  let url = '';
  const outside = withWeather({
    gateway,
    serviceOf: findService,
    clock,
    accountOf,
    weather: () => weather,
    weatherOver: options.weatherOver,
  });
  const place = { account: first.account.id, region: defaultRegion };
  const handler = calls
    ? withLocalEndpoints(outside, {
        [localPaths.administrator]: () => ({
          status: 200,
          body: { url, region: defaultRegion, ...keyOf(first.administrator) },
        }),
        [localPaths.tableAtRest]: async (query) =>
          (await import('./peek/peek.ts')).peek({ accounts, clock, ...place }, query),
        [localPaths.calls]: (query) => ({
          status: 200,
          body: { calls: calls.after(Number(query.get('after') ?? 0) || 0) },
        }),
      })
    : outside;
  const start = async () => {
    await keeping?.written();
    return listen(handler, { host, port: options.port ?? 0 });
  };
  const server = await start().catch(async (error) => {
    await keeping?.close().catch(() => {});
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    url,
    region: defaultRegion,
    clock,
    ...first,
    setWeather: (change) => {
      weather = { ...weather, ...change };
    },
    setTiming: (change) => {
      clock.timing = { ...clock.timing, ...change };
    },
    accounts: opened,
    addAccount: open,
    close: async () => {
      await close(server);
      await keeping?.close();
    },
  };
}

/** Loaded only where something is to be kept, so that nothing is slower without it. */
async function keepIn(
  { data, onDataProblem }: SandboxOptions,
  accounts: Accounts,
  clock: Clock,
): Promise<Keeping | undefined> {
  if (data === undefined) return undefined;
  const { Keeping } = await import('./keeping/keeping.ts');
  return Keeping.open({ path: data, accounts, clock, onProblem: onDataProblem });
}

/** The access key alone: what goes out of the process holds nothing else. */
function keyOf({ accessKeyId, secretAccessKey }: AccessKey): AccessKey {
  return { accessKeyId, secretAccessKey };
}
