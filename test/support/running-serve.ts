/** `labwright serve` as a process of its own. */
import { spawn } from 'node:child_process';
import { bareEnvironment, mainFile } from './labwright.ts';

export interface RunningServe {
  /** With the token. */
  readonly url: string;
  /** `http://127.0.0.1:49152` */
  readonly origin: string;
  readonly token: string;
  readonly stderr: () => string;
  /** Ends it as Ctrl-C does; gives the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

export interface RunServeOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
}

export async function runServe(args: readonly string[], options: RunServeOptions): Promise<RunningServe> {
  const child = spawn(process.execPath, [mainFile, 'serve', ...args], {
    cwd: options.cwd,
    env: bareEnvironment(options.env),
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${stderr}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.endsWith('\n')) resolve(stdout.trim());
    });
  });
  const { origin, searchParams } = new URL(url);
  return {
    url,
    origin,
    token: searchParams.get('token') ?? '',
    stderr: () => stderr,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}
