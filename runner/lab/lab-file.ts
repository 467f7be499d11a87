/** Where a lab's file is. Looked up at once, without waiting: a Mocha file has to know its suites when it is loaded. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** There is no lab of that name. */
export class LabNotFound extends Error {
  constructor(name: string) {
    super(`There is no lab "${name}". Name a lab file, or one of: ${shippedLabs().join(', ')}.`);
    this.name = 'LabNotFound';
  }
}

/** The folder of the labs that come with Labwright. */
function labsFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('#labs/lab.yaml')));
}

/** Ids of the labs that come with Labwright. */
export function shippedLabs(): string[] {
  const entries = readdirSync(labsFolder(), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/**
 * @param name an id, a lab file, or a folder that holds one
 * @throws LabNotFound
 */
export function labFile(name: string): string {
  if (/\.ya?ml$/.test(name) && isFile(name)) return name;
  if (isFile(join(name, 'lab.yaml'))) return join(name, 'lab.yaml');
  if (shippedLabs().includes(name)) return join(labsFolder(), name, 'lab.yaml');
  throw new LabNotFound(name);
}

/** The proof beside a lab file, which need not be there. */
export function proofFileOf(file: string): string {
  return join(dirname(file), 'proof.yaml');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
