import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The path of a file within the repository that it is in, with slashes; without a repository, from the current folder. */
export function repositoryPath(file: string): string {
  const path = realpathSync(file);
  const root = rootOf(dirname(path)) ?? realpathSync(process.cwd());
  return relative(root, path).split(sep).join('/');
}

function rootOf(folder: string): string | undefined {
  // In a worktree `.git` is a file.
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : rootOf(parent);
}
