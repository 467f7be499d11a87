import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platforms.ts';

const scripts: Readonly<Record<Platform, readonly string[]>> = {
  gradescope: ['setup.sh', 'run_autograder'],
  classroom50: ['autograder.py'],
};

/** Puts the scripts by which a platform sets up and runs an autograder into its folder. */
export async function copyScripts(platform: Platform, to: string): Promise<void> {
  for (const name of scripts[platform]) {
    const from = fileURLToPath(import.meta.resolve(`#templates/autograders/${platform}/${name}`));
    await copyFile(from, join(to, name));
    await chmod(join(to, name), 0o755);
  }
}
