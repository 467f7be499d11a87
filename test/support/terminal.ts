/** Runs the built command on a terminal, as somebody who types. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { bareEnvironment, mainFile } from './labwright.ts';

/** util-linux's `script`, which gives a command a terminal of its own. */
const scriptCommand = '/usr/bin/script';

/** Skips the running test where there is no `script`. Call it as `needsTerminal.call(this)`. */
export function needsTerminal(this: Mocha.Context): void {
  if (process.platform === 'linux' && existsSync(scriptCommand)) return;
  if (process.env.LABWRIGHT_REQUIRE_ALL === '1')
    throw new Error('script is missing, and LABWRIGHT_REQUIRE_ALL=1');
  this.skip();
}

export interface Typed {
  readonly code: number | null;
  /** All that was on the screen, without colours. */
  readonly screen: string;
}

/**
 * Types each text once the screen shows what it waits for, after what was waited for before.
 *
 * @throws Error when that does not come within twenty seconds
 */
export async function typeInto(
  args: readonly string[],
  steps: readonly (readonly [waitsFor: string, types: string])[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<Typed> {
  const command = [process.execPath, mainFile, ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const child = spawn(scriptCommand, ['-qefc', `stty cols 100; ${command}`, '/dev/null'], {
    cwd,
    env: bareEnvironment({ TERM: 'xterm-256color', SHELL: '/bin/sh', ...env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let seen = 0;
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const plain = () => stripVTControlCharacters(screen).replaceAll('\r', '');
  try {
    for (const [waitsFor, types] of steps) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`"${waitsFor}" did not come. The screen:\n${plain()}`)),
          20_000,
        );
        const look = () => {
          const at = plain().indexOf(waitsFor, seen);
          if (at < 0) return;
          seen = at + waitsFor.length;
          clearTimeout(timer);
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      });
      child.stdin.write(types);
    }
    return { code: await ended, screen: plain() };
  } finally {
    child.stdin.end();
    child.kill('SIGKILL');
  }
}
