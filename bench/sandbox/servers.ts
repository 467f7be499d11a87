/** The servers that are measured, each a process of its own on the first core; the client keeps to the second. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AccessKey } from '../../sandbox/sandbox.ts';
import { bareEnvironment, mainFile } from '../../test/support/labwright.ts';

/** How to reach a server. */
export interface Access {
  readonly url: string;
  readonly credentials: AccessKey;
}

export interface Server extends Access {
  readonly child: ChildProcess;
  /** What it had printed when it was ready. */
  readonly printed: string;
  readonly stop: () => Promise<void>;
}

const canPin = process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;

/** Moves this process off the core of the servers. */
export function keepToClientCore(): void {
  if (canPin) spawnSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)]);
}

/** The command line of a Node process on the core of the servers. */
export function onServerCore(args: readonly string[]): { command: string; args: string[] } {
  const node = [process.execPath, ...args];
  const [command = '', ...rest] = canPin ? ['taskset', '-c', '0', ...node] : node;
  return { command, args: rest };
}

export interface LabwrightOptions {
  readonly nodeArgs?: readonly string[];
  /** Whether it keeps to the core of the servers; default true. */
  readonly pinned?: boolean;
  /** Further options of the command. */
  readonly flags?: readonly string[];
}

/** `labwright sandbox` as it was built. Its log goes nowhere, but is written. */
export async function startLabwright({
  nodeArgs = [],
  pinned = true,
  flags = [],
}: LabwrightOptions = {}): Promise<Server> {
  const line = [...nodeArgs, mainFile, 'sandbox', '--port', '0', ...flags];
  const { command, args } = pinned ? onServerCore(line) : { command: process.execPath, args: line };
  const child = spawn(command, args, { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] });
  const printed = await output(child, /AWS_DEFAULT_REGION/);
  const variable = (name: string) => new RegExp(`^export ${name}=(.+)$`, 'm').exec(printed)?.[1] ?? '';
  return {
    child,
    printed,
    url: variable('AWS_ENDPOINT_URL'),
    credentials: {
      accessKeyId: variable('AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
    },
    stop: () => stop(child),
  };
}

/** dynalite's own command, in memory. It looks at no signature, so any credentials do. */
export async function startDynalite(): Promise<Server> {
  const folder = dirname(createRequire(import.meta.url).resolve('dynalite/package.json'));
  const { command, args } = onServerCore([
    '-e',
    `const server = require(${JSON.stringify(join(folder, 'index.js'))})({ createTableMs: 0 });
     server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));`,
  ]);
  const child = spawn(command, args, { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] });
  const printed = await output(child, /port \d+/);
  return {
    child,
    printed,
    url: `http://127.0.0.1:${/port (\d+)/.exec(printed)?.[1]}`,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' },
    stop: () => stop(child),
  };
}

async function output(child: ChildProcess, ready: RegExp): Promise<string> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (ready.test(text)) resolve();
    });
  });
  return text;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
}
