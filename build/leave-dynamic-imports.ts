import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Leaves what is imported when it is needed out of a bundle, and says what that is, to be bundled by itself.
 *
 * @param base folder of the bundle's sources; what is left out is looked for beside the bundle, as it lies there
 */
export function leaveDynamicImports(base: string): {
  readonly plugin: Plugin;
  readonly left: () => string[];
} {
  const left = new Set<string>();
  return {
    plugin: {
      name: 'leave-dynamic-imports',
      setup({ onResolve }) {
        onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
          if (kind !== 'dynamic-import') return undefined;
          const source = join(resolveDir, path);
          left.add(source);
          const beside = relative(base, source).replaceAll('\\', '/').replace(/\.ts$/, '.js');
          return { path: `./${beside}`, external: true };
        });
      },
    },
    left: () => [...left].sort(),
  };
}
