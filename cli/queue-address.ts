import { parseRedisAddress, type RedisAddress } from '../runner/grading/queue/redis-address.ts';

/** What `--queue` names; a password may come by the environment, where no list of processes shows it. @throws QueueProblem */
export function queueAddress(text: string): RedisAddress {
  const password = process.env.LABWRIGHT_QUEUE_PASSWORD;
  const address = parseRedisAddress(text);
  return address.password === undefined && password ? { ...address, password } : address;
}
