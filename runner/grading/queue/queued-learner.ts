/** What is put into the queue for a learner, and what comes back. Whoever can read Redis can read it: there is no secret in it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Learner } from '../learner-result.ts';
import { packedFilesSchema } from './packed-files.ts';

/** The name of BullMQ's queue; its keys begin with `bull:labwright:`. */
export const queueName = 'labwright';

/**
 * A learner as a worker has to know one. What is not named here stays out of the queue: zod leaves it out. An external id is no
 * secret to AWS ("How to use an external ID", IAM user guide): it opens nothing without credentials of the trusted account.
 */
const queuedLearnerSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  section: z.string().optional(),
  account: z.string().optional(),
  params: z.record(z.string(), z.string()).optional(),
  region: z.string().optional(),
  access: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('role'), arn: z.string(), externalId: z.string().optional() }),
      z.object({ kind: z.literal('profile'), name: z.string() }),
    ])
    .optional(),
});
/** Somebody in a class as the queue knows them. */
export type QueuedLearner = z.infer<typeof queuedLearnerSchema>;

export const queuedJobSchema = z.object({
  schema: z.literal('labwright/queued-learner/v1'),
  /** Id of the grading. */
  grading: z.string(),
  lab: z.object({ id: z.string(), digest: z.string() }),
  learner: queuedLearnerSchema,
  settings: z.object({
    ways: z.array(z.enum(['observed', 'history', 'reasoned'])).optional(),
    /** Whether temporary access keys of the test user may be made. */
    keys: z.boolean(),
    timeLimitMs: z.number(),
    patienceMs: z.number().optional(),
    backOffMs: z.array(z.number()),
  }),
  /** What earlier gradings found, for workers that do not share the folder of the class. */
  earlier: packedFilesSchema.optional(),
});
export type QueuedJob = z.infer<typeof queuedJobSchema>;

export const queuedOutcomeSchema = z.object({
  /** The worker, for people: host and process. */
  worker: z.string(),
  /** What belongs into the learner's folder; absent where the worker wrote it there itself. */
  files: packedFilesSchema.optional(),
});
export type QueuedOutcome = z.infer<typeof queuedOutcomeSchema>;

/** What may go into the queue of a learner. */
export function queuedLearner(learner: Learner): QueuedLearner {
  return queuedLearnerSchema.parse(learner);
}

/** The same learner of the same grading has the same job, however often it is asked for. */
export function jobId(grading: string, learner: string): string {
  return `${grading}.${createHash('sha256').update(learner).digest('hex').slice(0, 24)}`;
}
