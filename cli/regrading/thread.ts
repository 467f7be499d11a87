/** A thread of `labwright regrade`, with a lab of its own: checks are code, which cannot be handed to it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedLearner } from '../../runner/grading/regrade.ts';
import { answerOf } from '../../runner/grading/regrade-on-cores.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ThreadData } from './start-thread.ts';

const { labName, checks, digest } = workerData as ThreadData;
const { lab } = await findLab(labName, { checks });
if (lab.digest !== digest) throw new Error(`${lab.file} was changed in the meantime. Regrade again.`);
parentPort?.on('message', async (learner: RecordedLearner) => {
  parentPort?.postMessage(await answerOf(lab, learner));
});
