import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface ThreadData {
  /** As the user named the lab. */
  readonly labName: string;
  /** Modules of checks that do not come with Labwright, as the user named them. */
  readonly checks: readonly string[];
  /** Of the lab file, as it was read. */
  readonly digest: string;
}

/** @param command address of the command's own file, beside whose folder the thread's lies, as source and as built */
export function startThread(command: string, data: ThreadData): Worker {
  return new Worker(new URL(`../regrading/thread${extname(command)}`, command), { workerData: data });
}
