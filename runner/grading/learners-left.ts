import type { GradeClassOptions } from './grade-class.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { Learner } from './learner-result.ts';

/** Of those who are asked for, who is to be graded, and how many are settled, or recent enough. */
export async function learnersLeft<One extends Learner>(
  { learners, out, only, since }: Pick<GradeClassOptions<One>, 'learners' | 'out' | 'only' | 'since'>,
  grading: { readonly id: string; readonly startedAt: string },
): Promise<{ readonly asked: number; readonly left: readonly One[]; readonly skipped: number }> {
  const asked = learners.filter(({ id }) => !only || only.includes(id));
  const left: One[] = [];
  for (const learner of asked) {
    const last = await new LearnerFolder(out, learner.id).result();
    // Also by a grading of some learners that came in between.
    const settledBefore = last && (last.grading === grading.id || last.at >= grading.startedAt);
    const isRecent =
      since !== undefined && last?.status === 'graded' && Date.parse(last.at) >= Date.parse(since);
    if (!last || !(settledBefore || isRecent)) left.push(learner);
  }
  return { asked: asked.length, left, skipped: asked.length - left.length };
}
