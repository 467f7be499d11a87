import { resolve } from 'node:path';
import { learnerDocuments } from '../../api/grading/learner-documents.ts';
import { learnerOpener } from '../../runner/grading/open-learner.ts';
import { serveQueue } from '../../runner/grading/queue/serve-queue.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { entranceOf } from '../grading/entrance.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab, labIds } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { queueAddress } from '../queue-address.ts';
import { plain } from '../terminal/style.ts';

export interface WorkerFlags extends AccountFlags, ChecksFlags {
  readonly queue: string;
  readonly concurrency: number;
  /** The folder of the class, where it is shared. */
  readonly out?: string;
  /** Lab files beside those that come with Labwright. */
  readonly lab?: readonly string[];
  readonly color: boolean;
}

/** `labwright worker`: grades learners whom `labwright grade --queue` put into the queue, until Ctrl-C. */
export async function worker(flags: WorkerFlags): Promise<void> {
  const { note } = createOutput(!flags.color);
  const address = queueAddress(flags.queue);
  const own = await Promise.all((flags.lab ?? []).map(async (name) => (await findLab(name, flags)).lab));
  const out = flags.out === undefined ? undefined : resolve(flags.out);
  const openEntrance = entranceOf(flags);
  const openers = new Map<string, ReturnType<typeof learnerOpener>>();
  const { signal, release } = interruptSignal();
  signal.addEventListener('abort', () =>
    note('Ending after the learners that are under way; Ctrl-C once more ends at once.\n'),
  );
  try {
    await serveQueue({
      address,
      concurrency: flags.concurrency,
      ...(out !== undefined && { out }),
      labOf: async (id) => own.find((lab) => lab.id === id) ?? (await comesWithUs(id, flags)),
      async openAccount(lab, { learner, settings: { keys } }, until) {
        const { id, access, region, params = {} } = learner;
        if (!access) throw new Error('The queue does not say how the account is entered.');
        const key = JSON.stringify([lab.id, keys]);
        // What was made for probes is noted where a worker that is started again finds it.
        const folder = out ?? resolve('.labwright', 'worker');
        const open = openers.get(key) ?? learnerOpener({ lab, out: folder, openEntrance, keys });
        openers.set(key, open);
        return open({ id, access, params, ...(region !== undefined && { region }) }, until);
      },
      documents: learnerDocuments,
      signal,
      onReady: () => note(`Working at ${address.shown}, until Ctrl-C.\n`),
      onSettled: ({ learner, status, score }) =>
        note(`${plain(learner.id)}: ${status}${score ? `, ${score.points} of ${score.max} points` : ''}\n`),
      onNote: (message) => note(`${plain(message)}\n`),
    });
  } finally {
    release();
  }
}

/** Only by id: what the queue says is no path. */
async function comesWithUs(id: string, flags: ChecksFlags): Promise<Lab | undefined> {
  return (await labIds()).includes(id) ? (await findLab(id, flags)).lab : undefined;
}
