import { Redis } from 'ioredis';
import { QueueProblem } from './queue-problem.ts';
import type { RedisAddress } from './redis-address.ts';

/** How long the first answer may take, in milliseconds. */
const firstAnswerMs = 10_000;

/** For connections that come back by themselves, however long Redis is away. */
export function lastingConnection(address: RedisAddress) {
  return {
    ...placeOf(address),
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(times * 200, 2000),
  };
}

/** Whether there is a Redis that can be used, before anything relies on it. @throws QueueProblem */
export async function reachRedis(address: RedisAddress): Promise<void> {
  const client = new Redis({
    ...placeOf(address),
    lazyConnect: true,
    connectTimeout: firstAnswerMs,
    commandTimeout: firstAnswerMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let seen: unknown;
  client.on('error', (error) => {
    seen = error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new QueueProblem(
      `The Redis at ${address.shown} cannot be used: ${redisTrouble(seen ?? error)}. ${adviceFor(seen ?? error)}`,
    );
  } finally {
    client.disconnect();
  }
}

/** What a client's error says, in a few words. Redis does not repeat passwords in its answers. */
export function redisTrouble(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: unknown[] };
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)';
  if (code === 'ENOTFOUND') return 'there is no such host (ENOTFOUND)';
  if (code === 'ETIMEDOUT' || message?.includes('ETIMEDOUT')) return 'it does not answer (ETIMEDOUT)';
  if (message) return message.replace(/\.$/, '');
  return errors?.[0] ? redisTrouble(errors[0]) : (code ?? 'no reason was given');
}

function adviceFor(error: unknown): string {
  const trouble = redisTrouble(error);
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(trouble))
    return 'Check user name and password in the address, or LABWRIGHT_QUEUE_PASSWORD.';
  return 'Check host and port, and that Redis runs and lets this machine in.';
}

function placeOf({ host, port, db, username, password, tls }: RedisAddress) {
  return {
    host,
    port,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
  };
}
