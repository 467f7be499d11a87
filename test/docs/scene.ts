/** Where the commands of a document are typed: a learner's and an instructor's account on one sandbox, a folder, and a shell. */
import { spawn } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mainFile } from '../support/labwright.ts';
import { RunningRedis } from '../support/running-redis.ts';
import { runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Person = 'learner' | 'instructor';

export interface Scene {
  /** The folder in which the reader types. */
  readonly folder: string;
  readonly accountIds: Readonly<Record<Person, string>>;
  /** Types commands into a shell. */
  readonly type: (commands: string, as?: Person) => Promise<Typed>;
  /** @param program the server's path */
  readonly startRedis: (program: string) => Promise<void>;
  /** Address of the queue, without its password. */
  readonly queue: () => string;
  readonly close: () => Promise<void>;
}

export interface Typed {
  readonly code: number | null;
  readonly stdout: string;
  /** All that was printed, in order. */
  readonly screen: string;
}

/** @param aws the AWS CLI, which is given the endpoint since old ones do not read it from the environment */
export async function openScene(aws: string): Promise<Scene> {
  const sandbox = await runSandbox(['--port', '0', '--accounts', '2'], /(AWS_DEFAULT_REGION[\s\S]*){2}/);
  const place = await temporaryFolder();
  const folder = join(place.path, 'here');
  const bin = join(place.path, 'bin');
  const leftRunning = join(place.path, 'left-running');
  for (const path of [folder, bin, join(place.path, '.aws')]) await mkdir(path);
  await writeFile(leftRunning, '');
  const shim = fileURLToPath(new URL('labwright-in-docs.mjs', import.meta.url));
  const programs = {
    labwright: `exec '${process.execPath}' '${shim}' "$@"`,
    npx: 'if [ "$1" != labwright ]; then echo "npx $1 is not tried here" >&2; exit 1; fi; shift; exec labwright "$@"',
    aws: `exec '${aws}' --endpoint-url "$AWS_ENDPOINT_URL" "$@"`,
  };
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const people = { learner: sandbox.env, instructor: sandbox.otherAccounts[0] ?? {} };
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = people.learner;
  await appendFile(
    join(place.path, '.aws/credentials'),
    `[my-profile]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
  );

  let redis: RunningRedis | undefined;
  return {
    folder,
    accountIds: { learner: sandbox.accountIds[0] ?? '', instructor: sandbox.accountIds[1] ?? '' },
    type: async (commands, as = 'learner') =>
      typeInto(commands, folder, {
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        HOME: place.path,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
        LABWRIGHT_MAIN: mainFile,
        LABWRIGHT_LEFT_RUNNING: leftRunning,
        ...(redis && { LABWRIGHT_QUEUE_PASSWORD: redis.password }),
        ...people[as],
      }),
    async startRedis(program) {
      redis ??= await RunningRedis.start(program);
    },
    queue: () => `redis://127.0.0.1:${redis?.port}`,
    async close() {
      const pids = (await readFile(leftRunning, 'utf8')).match(/\d+/g) ?? [];
      for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
      await redis?.remove();
      await sandbox.stop();
      await place.remove();
    },
  };
}

async function typeInto(commands: string, cwd: string, env: Record<string, string>): Promise<Typed> {
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let screen = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    screen += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', resolve);
  });
  return { code, stdout, screen };
}
