/** The shape of a recording: all AWS calls of one run, and what the run came to. Public and versioned. */
import { z } from 'zod';
import { checkResultSchema } from '../result.ts';
import { attemptSchema } from '../state/attempt.ts';

/** Values in it are as `encode.ts` writes them. */
const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  status: z.number().optional(),
});

/** One AWS call. Exactly one of `output` and `error` is there. */
export const recordedCallSchema = z.object({
  /**
   * Whose credentials signed it: the `owner` that runs the checks; a `probe`, made as another user; or the `steward`, which is
   * the owner making and deleting that user's temporary key. What the steward asks is kept for the record, and no check saw it.
   */
  by: z.enum(['owner', 'probe', 'steward']),
  principal: z.string(),
  region: z.string(),
  /** `kms:DescribeKey` */
  call: z.string(),
  /** The check that asked for itself alone, by a poll or a probe; absent where the answer was shared by the checks of the run. */
  check: z.string().optional(),
  input: z.unknown(),
  /** What the answer was for, where it held a secret: a name, and all that went in besides. */
  use: z.object({ name: z.string(), given: z.unknown() }).optional(),
  /** What was made of the answer for that use. */
  made: z.unknown().optional(),
  output: z.unknown().optional(),
  error: errorSchema.optional(),
  requestId: z.string().optional(),
  /** When the answer came, ISO 8601. */
  at: z.string(),
  durationMs: z.number(),
});
export type RecordedCall = z.infer<typeof recordedCallSchema>;

const whyNotSchema = z.object({
  kind: z.enum(['not judged', 'call', 'fault']),
  message: z.string(),
  advice: z.string().optional(),
  call: z.string().optional(),
  code: z.string().optional(),
  status: z.number().optional(),
  requestId: z.string().optional(),
});
export type RecordedFault = z.infer<typeof whyNotSchema>;

/** Whether calls could be made as another user: as whom, or why not. */
const actingSchema = z.object({
  userName: z.string(),
  identity: z.object({ accountId: z.string(), arn: z.string() }).optional(),
  fault: whyNotSchema.optional(),
});
export type RecordedActing = z.infer<typeof actingSchema>;

/** What the result said of a check after the run, earlier runs considered: what a regrade is compared with. */
const stoodSchema = checkResultSchema
  .pick({
    check: true,
    as: true,
    title: true,
    verdict: true,
    basis: true,
    message: true,
    points: true,
    max: true,
  })
  .extend({ stage: z.string() });
export type Stood = z.infer<typeof stoodSchema>;

/** A run without its calls. */
export const recordedRunSchema = attemptSchema
  .pick({ id: true, lab: true, account: true, params: true, chosen: true, startedAt: true, finishedAt: true })
  .extend({
    /** The learner's id in the roster, where a class was graded. */
    learner: z.string().optional(),
    /** The ways to an answer that were open. */
    ways: z.array(checkResultSchema.shape.basis),
    patienceMs: z.number(),
    /** Whether a failed stage stopped those after it. */
    inOrder: z.boolean().optional(),
    /** Ids of the runs before it that the result considers, oldest first. */
    earlier: z.array(z.string()),
    /** What earlier runs handed to this one, by step id. */
    earlierOutputs: z.record(z.string(), z.record(z.string(), z.json())),
    acting: z.array(actingSchema),
    stood: z.array(stoodSchema),
  });
export type RecordedRun = z.infer<typeof recordedRunSchema>;

export interface Recording {
  readonly run: RecordedRun;
  /** In the order of their answers. */
  readonly calls: readonly RecordedCall[];
}

/** The first line of a recording's file. */
export const recordingHeadSchema = z.object({
  schema: z.literal('labwright/recording/v1'),
  /** SHA-256 of everything after the first line, hexadecimal. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
