import { Redis } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';
import { lastingConnection, redisTrouble } from './redis-connection.ts';

/** A queue or worker of BullMQ. */
interface Listening {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

const ofConnection =
  /ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|Connection is closed|Stream isn't writeable/i;

/** Tells once when Redis goes away, and once when it is back, over a connection of its own. */
export function watchRedis(
  address: RedisAddress,
  tell: (message: string) => void,
): {
  /** Tells what else goes wrong there. */
  readonly over: (listening: Listening) => void;
  readonly close: () => void;
} {
  const client = new Redis(lastingConnection(address));
  let away = false;
  let ended = false;
  client.on('error', () => undefined);
  client.on('close', () => {
    if (away || ended) return;
    away = true;
    tell(
      `The Redis at ${address.shown} went away. Nothing is lost: it goes on by itself as soon as Redis is back.`,
    );
  });
  client.on('ready', () => {
    if (away) tell(`The Redis at ${address.shown} is back.`);
    away = false;
  });
  const told = new Set<string>();
  return {
    over(listening) {
      listening.on('error', (error) => {
        const trouble = redisTrouble(error);
        const { code = '' } = error as NodeJS.ErrnoException;
        if (ended || told.has(trouble) || ofConnection.test(`${code} ${trouble}`)) return;
        told.add(trouble);
        tell(`The queue at ${address.shown} says: ${trouble}.`);
      });
    },
    close() {
      ended = true;
      client.disconnect();
    },
  };
}
