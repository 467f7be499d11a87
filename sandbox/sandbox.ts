/** An AWS endpoint in this process: accounts, and a server on loopback that answers for them. */
import type { AddressInfo } from 'node:net';
import { SandboxAccount } from './account.ts';
import { Clock } from './clock.ts';
import { withAnnouncement } from './gateway/announcement.ts';
import { type CallRecord, createGateway } from './gateway/gateway.ts';
import { close, listen } from './gateway/server.ts';
import { dynamodb } from './services/dynamodb/service.ts';
import { iam } from './services/iam/service.ts';
import { kms } from './services/kms/service.ts';
import { sts } from './services/sts/service.ts';

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0, a free port. */
  readonly port?: number;
  /** Milliseconds to wait before each answer; default none. */
  readonly latencyMs?: number;
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

export interface Sandbox {
  /** `http://127.0.0.1:49152` */
  readonly url: string;
  /** The Region to use when nothing speaks for another; the sandbox answers for every Region. */
  readonly region: string;
  readonly clock: Clock;
  /** The account that exists from the start. */
  readonly account: SandboxAccount;
  /** Access key of the account's administrator, an IAM user with AdministratorAccess. */
  readonly administrator: AccessKey & { readonly userName: string };
  /** Stops listening. What the account held is gone with the process. */
  close(): Promise<void>;
}

const administratorName = 'administrator';
const defaultRegion = 'us-east-1';

/** Starts a sandbox with one account. @throws the listening error (EADDRINUSE, EACCES) */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new Clock();
  const account = new SandboxAccount('123456789012', clock);
  const administrator = account.iam.addAdministrator(administratorName);
  const gateway = createGateway({
    services: [kms, dynamodb, iam, sts],
    clock,
    accountOf: (accessKeyId) => (account.credential(accessKeyId) ? account : undefined),
    onCall: options.onCall,
  });
  const host = options.host ?? '127.0.0.1';
  let url = '';
  const handler = options.announce
    ? withAnnouncement(gateway, () => ({ url, region: defaultRegion, ...administrator }))
    : gateway;
  const server = await listen(handler, { host, port: options.port ?? 0, latencyMs: options.latencyMs });
  const { port } = server.address() as AddressInfo;
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    url,
    region: defaultRegion,
    clock,
    account,
    administrator: { ...administrator, userName: administratorName },
    close: () => close(server),
  };
}
