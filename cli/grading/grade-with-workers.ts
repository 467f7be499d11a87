import type { GradedClass } from '../../runner/grading/grade-class.ts';
import type { GradeByQueueOptions } from '../../runner/grading/queue/grade-by-queue.ts';
import type { Learner } from '../../runner/roster/roster.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ProbeChoice } from '../options/probe.ts';
import { queueAddress } from '../queue-address.ts';

/** Puts the learners into the queue and waits for the workers. BullMQ is loaded only here. @throws QueueProblem */
export async function gradeWithWorkers(
  queue: string,
  flags: Pick<AccountFlags, 'region'> & { readonly probe?: ProbeChoice },
  asked: Omit<GradeByQueueOptions<Learner>, 'address' | 'keys' | 'onNote'>,
  note: (message: string) => void,
): Promise<GradedClass> {
  const { gradeByQueue } = await import('../../runner/grading/queue/grade-by-queue.ts');
  const here = flags.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const graded = await gradeByQueue({
    ...asked,
    address: queueAddress(queue),
    keys: flags.probe?.way === 'key',
    // Workers may be in other Regions; a profile has its own.
    learners: asked.learners.map((one) => {
      const region = one.region ?? flags.region ?? (one.access.kind === 'role' ? here : undefined);
      return region === undefined ? one : { ...one, region };
    }),
    onNote: note,
  });
  for (const { learner, reason } of graded.deadLetters)
    note(`No worker could grade ${learner}, and this is not the account's doing: ${reason}`);
  return graded;
}
