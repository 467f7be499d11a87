import type { Lab } from '../../lab/lab.ts';
import type { GradeOneOptions } from '../grade-one.ts';
import { LearnerFolder } from '../learner-folder.ts';
import type { Learner } from '../learner-result.ts';
import { packFiles, readLearnerFiles } from './packed-files.ts';
import { type QueuedJob, queuedLearner } from './queued-learner.ts';

export interface QueuedSettings
  extends Pick<GradeOneOptions<Learner>, 'ways' | 'patienceMs' | 'timeLimitMs'> {
  /** Pauses before further tries, in milliseconds; there is one try more than pauses. */
  readonly backOffMs: readonly number[];
  /** Whether temporary access keys of the test user may be made. */
  readonly keys: boolean;
}

/** @param out the folder of the class, in which earlier gradings may have left attempts */
export async function jobOf(
  grading: string,
  lab: Lab,
  learner: Learner,
  out: string,
  { ways, timeLimitMs, patienceMs, backOffMs, keys }: QueuedSettings,
): Promise<QueuedJob> {
  const files = await readLearnerFiles(new LearnerFolder(out, learner.id).path);
  for (const name of files.keys())
    if (name !== 'learner.json' && (!name.startsWith('attempts/') || name === `attempts/${grading}.json`))
      files.delete(name);
  return {
    schema: 'labwright/queued-learner/v1',
    grading,
    lab: { id: lab.id, digest: lab.digest },
    learner: queuedLearner(learner),
    settings: {
      ...(ways && { ways: [...ways] }),
      keys,
      timeLimitMs,
      ...(patienceMs !== undefined && { patienceMs }),
      backOffMs: [...backOffMs],
    },
    ...(files.size > 0 && { earlier: await packFiles(files) }),
  };
}
