/** Packages as they are published, installed in an empty folder with nothing else. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bareEnvironment } from '../support/labwright.ts';

export const run = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Packed {
  /** The tarball. */
  readonly file: string;
  readonly paths: readonly string[];
}

/** @param source the package's folder @param folder where the tarball goes */
export async function pack(source: string, folder: string): Promise<Packed> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: source });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { file: join(folder, filename), paths: files.map(({ path }) => path) };
}

export async function install(folder: string, packages: readonly Packed[]): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const options = ['--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, ...packages.map(({ file }) => file)], { cwd: folder });
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as it is installed, in a folder. */
export class Installed {
  readonly folder: string;
  readonly #command: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#command = join(folder, 'node_modules/.bin/labwright');
  }

  async run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const options = { cwd: this.folder, env: bareEnvironment(env) };
    return run(this.#command, args, options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
    );
  }

  /** One that goes on until it is stopped. @param ready what it prints first */
  async start(
    args: readonly string[],
    ready: RegExp,
  ): Promise<{ stdout: string; stop: () => Promise<void> }> {
    const child: ChildProcess = spawn(this.#command, args, { cwd: this.folder, env: bareEnvironment() });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    let stdout = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}: ${stdout}`)));
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (ready.test(stdout)) resolve();
      });
    });
    return {
      stdout,
      async stop() {
        child.kill('SIGINT');
        await ended;
      },
    };
  }
}
