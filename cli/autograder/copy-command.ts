/** Puts this very Labwright into an autograder's folder, so that nothing of it is downloaded where it runs. */
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** No lab is among these, and so no solution. */
const parts = ['package.json', 'LICENSE', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/cli'];

/** The command is a bundle: what judging needs runs without `node_modules`. */
export async function copyCommand(to: string): Promise<void> {
  const root = dirname(fileURLToPath(import.meta.resolve('labwright/package.json')));
  for (const part of parts) {
    await mkdir(dirname(join(to, part)), { recursive: true });
    await cp(join(root, part), join(to, part), { recursive: true, force: true });
  }
}
