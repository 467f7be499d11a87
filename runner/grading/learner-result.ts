/** `learner.json`: what grading one learner of a class came to. Public and versioned. */
import { z } from 'zod';
import { resultSchema } from '../result.ts';

/** Somebody in a class, as far as grading has to know. Texts are untrusted. */
export interface Learner {
  /** Unique in the class, also without regard to case. */
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly section?: string;
  /** Twelve digits: nothing of another account is looked at. */
  readonly account?: string;
  /** Names that the learner uses instead of the lab's. */
  readonly params?: Readonly<Record<string, string>>;
}

export const learnerResultSchema = z.object({
  schema: z.literal('labwright/learner/v1'),
  /** Of the grading that wrote this. */
  grading: z.string(),
  learner: z.object({
    id: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    section: z.string().optional(),
    account: z.string().optional(),
  }),
  /**
   * `graded`: every check passed, failed, or waits for one that failed. `partly`: some could not be judged. `not judged`: nothing could,
   * and there is no result. Only `graded` counts as an attempt.
   */
  status: z.enum(['graded', 'partly', 'not judged']),
  /** Points earned; the points of checks that could not be judged are neither earned nor lost. Absent when nothing was judged. */
  score: z.object({ points: z.number(), max: z.number(), unjudged: z.number() }).optional(),
  /** Why nothing, or not everything, could be judged. */
  problem: z.object({ message: z.string(), advice: z.string().optional() }).optional(),
  /** Absent when nothing was judged. */
  result: resultSchema.optional(),
  /** Full attempts, this one included. */
  attempts: z.number(),
  /** How often it was tried in this grading. */
  tries: z.number(),
  /** When it was tried last, ISO 8601. */
  at: z.string(),
});
export type LearnerResult = z.infer<typeof learnerResultSchema>;
