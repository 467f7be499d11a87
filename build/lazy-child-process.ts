import type { Plugin } from 'esbuild';

/**
 * Has commander load `node:child_process` when it starts a process, which this program never asks it to. Loading it takes longer than
 * all the rest of commander.
 */
export const lazyChildProcess: Plugin = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `exports.spawn = (...given) => require('${path}').spawn(...given);`,
    }));
  },
};
