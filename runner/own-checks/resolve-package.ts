/**
 * Finds the module of an installed package, as Node finds it for an `import` in a folder: "Determining package entry points", Node.js.
 * Node does so itself only for its own modules' imports.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readIfThere } from '../files/read-if-there.ts';

interface Manifest {
  readonly main?: string;
  readonly exports?: Exports;
}
type Exports = string | null | readonly Exports[] | { readonly [key: string]: Exports };

const conditions = new Set(['node', 'import', 'module-sync', 'default']);

/**
 * @param name `my-checks`, `@me/checks`, or one of their subpaths
 * @param folder whose `node_modules`, and those above it, are looked into
 * @returns a file URL; undefined when there is no such package, or it exports nothing of that name
 */
export async function resolvePackage(name: string, folder: string): Promise<string | undefined> {
  const [, packageName, subpath] = /^((?:@[\w.-]+\/)?[\w-][\w.-]*)((?:\/[\w./-]+)?)$/.exec(name) ?? [];
  if (packageName === undefined) return undefined;
  const folders = createRequire(join(folder, 'package.json')).resolve.paths(packageName) ?? [];
  for (const one of folders) {
    const place = join(one, packageName);
    const text = await readIfThere(join(place, 'package.json'));
    if (text === undefined) continue;
    const target = entryOf(JSON.parse(text) as Manifest, `.${subpath}`);
    return target === undefined ? undefined : pathToFileURL(join(place, target)).href;
  }
  return undefined;
}

function entryOf({ exports, main }: Manifest, subpath: string): string | undefined {
  if (exports === undefined) return subpath === '.' ? (main ?? 'index.js') : subpath;
  const isBySubpath =
    typeof exports === 'object' &&
    exports !== null &&
    Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isBySubpath) return subpath === '.' ? targetOf(exports) : undefined;
  return targetOf((exports as Record<string, Exports>)[subpath]);
}

function targetOf(exports: Exports | undefined): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const targets = Array.isArray(exports)
    ? exports
    : Object.entries(exports).flatMap(([condition, target]) => (conditions.has(condition) ? [target] : []));
  for (const target of targets) {
    const found = targetOf(target);
    if (found !== undefined) return found;
  }
  return undefined;
}
