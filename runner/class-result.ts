/**
 * `class.json`, the public and versioned outcome of grading a class. Reports about a class read this and nothing else.
 *
 * Texts of learners and accounts in it are untrusted. It holds no evidence: that is in each learner's own result.
 */
import { z } from 'zod';

const verdictSchema = z.enum(['pass', 'fail', 'error', 'skip']);

const classCheckSchema = z.object({
  /** Tells the check from the others of the lab: `key/0`. */
  id: z.string(),
  /** The check's id: `kms/key-exists`. */
  check: z.string(),
  title: z.string(),
  max: z.number(),
});
export type ClassCheck = z.infer<typeof classCheckSchema>;

const learnerCheckSchema = z.object({
  /** Id of the lab's check: `key/0`. */
  id: z.string(),
  verdict: verdictSchema,
  /** What counts, by the policy; null when it could not be judged. */
  points: z.number().nullable(),
  /** One sentence on what was seen. */
  message: z.string(),
  /** What to do about it, Markdown, under the learner's own names. */
  hint: z.string().optional(),
  /** How late it was first so good, beyond grace and late days; absent when in time. */
  lateSeconds: z.number().optional(),
  durationMs: z.number().optional(),
  /** Set where an instructor judged otherwise: verdict, points and message are theirs, and here is what was judged. */
  override: z
    .object({
      by: z.string(),
      reason: z.string(),
      judged: z.object({ verdict: verdictSchema, points: z.number().nullable(), message: z.string() }),
    })
    .optional(),
});
export type LearnerCheck = z.infer<typeof learnerCheckSchema>;

const classLearnerSchema = z.object({
  /** As in the roster, unique. */
  id: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  section: z.string().optional(),
  account: z.string().optional(),
  /** What the learner calls things: by these, equal mistakes are known in spite of different names. */
  params: z.record(z.string(), z.string()).optional(),
  /** What counts, by the policy; null when nothing could be judged. */
  points: z.number().nullable(),
  /** What it would count without the policy. */
  before: z.number().nullable(),
  /** What the checks are worth that could not be judged: neither earned nor lost. */
  unjudged: z.number(),
  /** Why the points differ from what was earned, one sentence each. */
  why: z.array(z.string()),
  lateSeconds: z.number(),
  lateDaysUsed: z.number(),
  attempts: z.number(),
  /** When the run began whose checks these are, ISO 8601. */
  judgedAt: z.string().optional(),
  /** What kept the account from being judged at all the last time; points that were earned before stand. */
  error: z.object({ message: z.string(), advice: z.string().optional() }).optional(),
  /** In the lab's order; none when nothing could ever be judged. */
  checks: z.array(learnerCheckSchema),
  /** Set where an instructor judged otherwise, a check or the whole: what it would count without that. */
  override: z
    .object({
      judged: z.object({ points: z.number().nullable(), unjudged: z.number() }),
      /** Given for the lab as a whole, whatever the checks come to. */
      whole: z.object({ points: z.number(), by: z.string(), reason: z.string() }).optional(),
    })
    .optional(),
  /** The learner's own page, relative to the gradebook. */
  page: z.string().optional(),
});
export type ClassLearner = z.infer<typeof classLearnerSchema>;

export const classResultSchema = z.object({
  schema: z.literal('labwright/class/v1'),
  lab: z.object({
    id: z.string(),
    title: z.string(),
    /** SHA-256 of the lab file, hexadecimal. */
    digest: z.string(),
    max: z.number(),
    stages: z.array(
      z.object({ id: z.string(), title: z.string(), max: z.number(), checks: z.array(classCheckSchema) }),
    ),
  }),
  /** The policy in a few words, for readers; absent where none was given. */
  policy: z.string().optional(),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** What two learners cannot both have, or one cannot have at all; it accuses nobody. Absent when nothing was found. */
  doubles: z
    .array(
      z.object({
        kind: z.string(),
        /** Ids. */
        learners: z.array(z.string()),
        message: z.string(),
        /** The account, the request ids or the digest that show it. */
        shown: z.array(z.string()),
      }),
    )
    .optional(),
  /** In the roster's order. */
  learners: z.array(classLearnerSchema),
});
export type ClassResult = z.infer<typeof classResultSchema>;
