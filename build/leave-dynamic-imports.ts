import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Leaves what is imported when it is needed out of a bundle, and says what that is, to be bundled by itself. */
export function leaveDynamicImports(): { readonly plugin: Plugin; readonly left: () => string[] } {
  const left = new Set<string>();
  return {
    plugin: {
      name: 'leave-dynamic-imports',
      setup({ onResolve }) {
        onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
          if (kind !== 'dynamic-import') return undefined;
          left.add(join(resolveDir, path));
          return { path: path.replace(/\.ts$/, '.js'), external: true };
        });
      },
    },
    left: () => [...left].sort(),
  };
}
