import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Ids of the learners in a chain; none where there is no such file. */
export async function signedLearners(file: string): Promise<Set<string>> {
  const ids = new Set<string>();
  try {
    for await (const line of createInterface({
      input: createReadStream(file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      const { seal } = JSON.parse(line) as { seal?: { learner?: string } };
      if (seal?.learner !== undefined) ids.add(seal.learner);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return ids;
}
