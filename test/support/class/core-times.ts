/** How a thread fared that had to share the cores. */
import { readFileSync } from 'node:fs';

export interface CoreTimes {
  readonly onCoreMs: number;
  /** Ready to run, while others had the cores. */
  readonly waitedMs: number;
}

/** Of a process's main thread, since it began; undefined where the system does not tell, or the process has ended. */
export function coreTimes(pid: number | undefined = process.pid): CoreTimes | undefined {
  try {
    // Nanoseconds on a core, and nanoseconds in a run queue ("Scheduler Statistics", Linux kernel documentation).
    const file = `/proc/${pid}/task/${pid}/schedstat`;
    const [onCore = Number.NaN, waited = Number.NaN] = readFileSync(file, 'utf8').split(' ').map(Number);
    return { onCoreMs: onCore / 1e6, waitedMs: waited / 1e6 };
  } catch {
    return undefined;
  }
}

export function since(before: CoreTimes | undefined): CoreTimes | undefined {
  const now = coreTimes();
  if (!before || !now) return undefined;
  return { onCoreMs: now.onCoreMs - before.onCoreMs, waitedMs: now.waitedMs - before.waitedMs };
}
