/** A Redis of its own for a test: on a free port, with a password, its data in a folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { temporaryFolder } from './temporary-folder.ts';

export class RunningRedis {
  readonly password = `canary-${randomBytes(12).toString('hex')}`;
  readonly #program: string;
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly port: number;
  #child: ChildProcess | undefined;

  private constructor(program: string, folder: Awaited<ReturnType<typeof temporaryFolder>>, port: number) {
    this.#program = program;
    this.#folder = folder;
    this.port = port;
  }

  static async start(program: string): Promise<RunningRedis> {
    const redis = new RunningRedis(program, await temporaryFolder(), await freePort());
    await redis.up();
    return redis;
  }

  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  client(): Redis {
    const { port, password } = this;
    const client = new Redis({ port, password, retryStrategy: () => 50, maxRetriesPerRequest: null });
    // It comes back.
    client.on('error', () => undefined);
    return client;
  }

  /** With what it held when it was killed: each write is on disk before it is answered. */
  async up(): Promise<void> {
    const options = {
      port: this.port,
      bind: '127.0.0.1',
      requirepass: this.password,
      dir: this.#folder.path,
      save: '',
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#child = spawn(this.#program, args, { stdio: 'ignore' });
    const client = this.client();
    try {
      for (;;) {
        if ((await client.ping().catch(() => '')) === 'PONG') return;
        await delay(50);
      }
    } finally {
      client.disconnect();
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.#folder.remove();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
