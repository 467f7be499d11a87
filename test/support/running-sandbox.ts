/** `labwright sandbox` as a process of its own, and what it prints to be pasted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { bareEnvironment, mainFile } from './labwright.ts';

export interface RunningSandbox {
  /** The exported variables. */
  readonly env: Record<string, string>;
  /** Those of the accounts after the first. */
  readonly otherAccounts: readonly Record<string, string>[];
  readonly accountIds: readonly string[];
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has logged so far. */
  readonly log: () => string;
  readonly stop: () => Promise<number | null>;
}

/** @param ready what it prints once it listens */
export async function runSandbox(
  args: readonly string[] = ['--port', '0'],
  ready = /AWS_DEFAULT_REGION/,
): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [mainFile, 'sandbox', ...args], { env: bareEnvironment() });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}: ${stderr}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (ready.test(stdout)) resolve();
    });
  });
  const [env = {}, ...otherAccounts] = stdout
    .split(/^# administrator of /m)
    .map((text) => exported(text))
    .filter((one) => 'AWS_REGION' in one);
  return {
    env,
    otherAccounts,
    accountIds: [...stdout.matchAll(/^# administrator of account (\d+)$/gm)].map(([, id = '']) => id),
    url: env.AWS_ENDPOINT_URL ?? '',
    child,
    log: () => stderr,
    async stop() {
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      return ended;
    },
  };
}

function exported(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(?:# )?export (\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  );
}
