/** A Redis of its own, and the built commands that grade a generated class through it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { GeneratedClass } from '../../test/support/class/generate.ts';
import { RunningRedis } from '../../test/support/running-redis.ts';
import { type Started, startCommand } from './built-command.ts';

export class RedisQueue {
  readonly #redis: RunningRedis;
  readonly #made: GeneratedClass;
  readonly #password: Record<string, string>;
  readonly #queue: readonly string[];

  private constructor(redis: RunningRedis, made: GeneratedClass) {
    this.#redis = redis;
    this.#made = made;
    this.#password = { LABWRIGHT_QUEUE_PASSWORD: redis.password };
    this.#queue = ['--queue', `redis://127.0.0.1:${redis.port}`];
  }

  /** Debian's Redis, or the one that `LABWRIGHT_REDIS` names. */
  static async start(made: GeneratedClass): Promise<RedisQueue> {
    const program = process.env.LABWRIGHT_REDIS ?? '/usr/bin/redis-server';
    return new RedisQueue(await RunningRedis.start(program), made);
  }

  get pid(): number | undefined {
    return this.#redis.pid;
  }

  /** `labwright grade` of the first lab. @param probe the way the test user is tried */
  grade(roster: string, out: string, probe: string): Started {
    const args = ['grade', 'encrypt-data-with-kms', '--roster', roster, '--out', out, '--probe', probe];
    return startCommand(this.#made, [...args, ...this.#queue], this.#password);
  }

  /** `labwright worker` in the folder of the class, once it is at work. @param concurrency learners side by side */
  async worker(out: string, concurrency: string): Promise<Started> {
    const args = ['worker', ...this.#queue, '--out', out, '--concurrency', concurrency];
    const started = startCommand(this.#made, args, this.#password);
    while (!started.said().includes('Working at') && started.child.exitCode === null) await delay(50);
    return started;
  }

  remove(): Promise<void> {
    return this.#redis.remove();
  }
}
