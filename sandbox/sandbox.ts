/** An AWS endpoint in this process: accounts, and a server on loopback that answers for them. */
import type { AddressInfo } from 'node:net';
import type { SandboxAccount } from './account.ts';
import { Accounts } from './accounts.ts';
import { Clock } from './clock.ts';
import { withAnnouncement } from './gateway/announcement.ts';
import { type CallRecord, createGateway } from './gateway/gateway.ts';
import { close, listen } from './gateway/server.ts';
import { cloudTrail } from './services/cloudtrail/service.ts';
import { dynamodb } from './services/dynamodb/service.ts';
import { iam } from './services/iam/service.ts';
import { kms } from './services/kms/service.ts';
import { sts } from './services/sts/service.ts';
import type { Timing } from './timing/timing.ts';
import { calm, type Weather } from './weather/weather.ts';
import { withWeather } from './weather/with-weather.ts';

export interface SandboxOptions {
  /** Twelve digits; default 123456789012. */
  readonly accountId?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0, a free port. */
  readonly port?: number;
  /** How it misbehaves on purpose; calm where nothing is said. */
  readonly weather?: Partial<Weather>;
  /** How long AWS's changes take to count; at once where nothing is said. */
  readonly timing?: Partial<Timing>;
  /** Lets other processes of this machine ask for the administrator's access key. Default false. */
  readonly announce?: boolean;
  /** Told of every request once it is answered. */
  readonly onCall?: (record: CallRecord) => void;
}

/** What a client needs to act as somebody. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An account, and the ways into it that are there from the start. */
export interface AccountAccess {
  readonly account: SandboxAccount;
  /** Access key of the account's administrator, an IAM user with AdministratorAccess. */
  readonly administrator: AccessKey & { readonly userName: string };
  /** Access key of the account's root user. */
  readonly root: AccessKey;
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
  /**
   * Opens another account in the same sandbox.
   *
   * @param id 12 digits; left out, one is drawn
   * @throws RangeError for an id that is none, or is taken
   */
  addAccount(id?: string): AccountAccess;
  /** Stops listening. What the accounts held is gone with the process. */
  close(): Promise<void>;
}

const administratorName = 'administrator';
const defaultRegion = 'us-east-1';

/** Starts a sandbox with one account. @throws the listening error (EADDRINUSE, EACCES) */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new Clock();
  clock.timing = { ...clock.timing, ...options.timing };
  const accounts = new Accounts(clock);
  const first = openAccount(accounts, options.accountId ?? '123456789012');
  const services = [kms, dynamodb, iam, sts, cloudTrail];
  const accountOf = (accessKeyId: string) => accounts.ofAccessKey(accessKeyId);
  let weather: Weather = { ...calm, ...options.weather };
  const gateway = createGateway({
    services,
    clock,
    accountOf,
    onCall: options.onCall,
  });
  const host = options.host ?? '127.0.0.1';
  let url = '';
  const announced = options.announce
    ? withAnnouncement(gateway, () => ({ url, region: defaultRegion, ...keyOf(first.administrator) }))
    : gateway;
  const handler = withWeather({ gateway: announced, services, clock, accountOf, weather: () => weather });
  const server = await listen(handler, { host, port: options.port ?? 0 });
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
    addAccount: (id) => openAccount(accounts, id),
    close: () => close(server),
  };
}

function openAccount(accounts: Accounts, id?: string): AccountAccess {
  const account = accounts.add(id);
  const administrator = account.iam.addAdministrator(administratorName);
  return {
    account,
    administrator: { ...administrator, userName: administratorName },
    root: account.iam.addRootKey(),
  };
}

/** The access key alone: what goes out of the process holds nothing else. */
function keyOf({ accessKeyId, secretAccessKey }: AccessKey): AccessKey {
  return { accessKeyId, secretAccessKey };
}
