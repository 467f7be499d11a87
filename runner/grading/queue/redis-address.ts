import { QueueProblem } from './queue-problem.ts';

/** Where a Redis is, and how to enter. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  /** Never shown, logged or written. */
  readonly password?: string;
  /** Whether the connection is encrypted: `rediss://`. */
  readonly tls: boolean;
  /** For people: without user name and password. */
  readonly shown: string;
}

/**
 * Reads `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS.
 *
 * @throws QueueProblem, whose message does not repeat the text: a password may be in it
 */
export function parseRedisAddress(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const db = /^\/?(\d{0,4})$/.exec(url?.pathname ?? 'none')?.[1];
  const known = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  const decoded = url && [decode(url.username), decode(url.password)];
  if (!url?.hostname || !known || db === undefined || url.search || url.hash || decoded?.includes(undefined))
    throw new QueueProblem(
      'What --queue names is not the address of a Redis. Write it as redis://host:6379, or rediss://user:password@host:6380/0 with TLS; a sign like @ or / within a password is written as %40 or %2F.',
    );
  const [username, password] = decoded ?? [];
  const port = Number(url.port || 6379);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    db: Number(db),
    ...(username && { username }),
    ...(password && { password }),
    tls: url.protocol === 'rediss:',
    shown: `${url.protocol}//${url.hostname}:${port}${Number(db) > 0 ? `/${db}` : ''}`,
  };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
