/** One graded run as it is kept: what was judged, on which account, with which names. */
import { z } from 'zod';
import { checkResultSchema } from './result.ts';

export const attemptSchema = z.object({
  schema: z.literal('labwright/attempt/v1'),
  id: z.string(),
  lab: z.object({ id: z.string(), digest: z.string() }),
  account: z.object({
    id: z.string(),
    arn: z.string(),
    region: z.string(),
    kind: z.enum(['live', 'assumed', 'sandbox', 'recording']),
  }),
  params: z.record(z.string(), z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** By step id (`key/0`). */
  findings: z.record(z.string(), checkResultSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Attempts that speak of the same account, Region and lab; others say nothing about this run. */
export function sameWork(
  attempt: Attempt,
  lab: { id: string },
  account: { id: string; region: string },
): boolean {
  return (
    attempt.lab.id === lab.id &&
    attempt.account.id === account.id &&
    attempt.account.region === account.region
  );
}
