/** Runs the built command, as a user does. */
import { fileURLToPath } from 'node:url';
import { type Ran, runProgram } from './run-program.ts';

export type { Ran };

export const mainFile = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));

export interface RunOptions {
  readonly cwd?: string;
  /** Added to a bare environment: no AWS variable of the machine leaks in. */
  readonly env?: Record<string, string>;
}

/** The environment of a user without any AWS configuration. */
export function bareEnvironment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    // Otherwise the SDK asks the address where EC2 instances get credentials, and waits.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

export function labwright(args: readonly string[], { cwd, env }: RunOptions = {}): Promise<Ran> {
  return runProgram(process.execPath, [mainFile, ...args], {
    env: bareEnvironment(env),
    ...(cwd !== undefined && { cwd }),
  });
}
