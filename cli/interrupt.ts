import { setMaxListeners } from 'node:events';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A signal that Ctrl-C, a polite kill and the end of the terminal raise. The second of the same ends the process at
 * once, as without us.
 */
export function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  // Every call that is under way listens to it.
  setMaxListeners(0, controller.signal);
  const seen = new Set<NodeJS.Signals>();
  const release = () => {
    for (const name of signals) process.off(name, stop);
  };
  // It stays a listener until then: what shows the cursor again at the end ends a process that has no other one.
  const stop = (name: NodeJS.Signals) => {
    if (seen.has(name)) {
      release();
      process.kill(process.pid, name);
    }
    seen.add(name);
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  return { signal: controller.signal, release };
}
