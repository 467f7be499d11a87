/** The documents of the repository, found in the tree. */
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** Paths from the repository's root. */
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'))
    .sort(),
];

export function readDocument(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** Where a path of the repository is on this machine. */
export function placeOf(path: string): URL {
  return new URL(path, root);
}
