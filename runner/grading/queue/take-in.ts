import type { LearnerFolder } from '../learner-folder.ts';
import { type LearnerResult, learnerResultSchema } from '../learner-result.ts';
import { unpackFiles, writeLearnerFiles } from './packed-files.ts';
import { QueueProblem } from './queue-problem.ts';
import { queuedOutcomeSchema } from './queued-learner.ts';

/**
 * Writes what came back into the learner's folder, if it is this learner's and of this grading.
 *
 * @returns undefined where a worker should have written it and it cannot be seen (yet)
 * @throws QueueProblem for what no worker of this version gives back; file errors
 */
export async function takeIn(
  returned: unknown,
  folder: LearnerFolder,
  grading: string,
  learner: string,
): Promise<LearnerResult | undefined> {
  const outcome = queuedOutcomeSchema.safeParse(returned);
  if (!outcome.success) throw new QueueProblem('What came back was written by another version of Labwright.');
  const { files: packed } = outcome.data;
  if (packed !== undefined) {
    const files = await unpackFiles(packed);
    const result = learnerResultSchema.safeParse(parse(files.get('learner.json')));
    if (result.data?.grading !== grading || result.data.learner.id !== learner)
      throw new QueueProblem('What came back is not this learner’s result.');
    const foreign = [...files.keys()].find(
      (name) => /^(attempts|recordings)\//.test(name) && !name.split('/')[1]?.startsWith(`${grading}.`),
    );
    if (foreign !== undefined) throw new QueueProblem(`What came back holds ${foreign}, of another grading.`);
    await writeLearnerFiles(folder.path, files);
  }
  const settled = await folder.result();
  return settled?.grading === grading ? settled : undefined;
}

function parse(file: Buffer | undefined): unknown {
  try {
    return JSON.parse(file?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
