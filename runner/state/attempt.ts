/** One graded run as it is kept: what was judged, on which account, with which names. */
import { z } from 'zod';
import { checkResultSchema } from '../result.ts';

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
  /** Ids of the stages that were asked for. */
  chosen: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** By step id (`key/0`). */
  findings: z.record(z.string(), checkResultSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Where and with which names work is done. */
export interface Work {
  readonly lab: { readonly id: string };
  readonly account: { readonly id: string; readonly region: string };
  readonly params: Readonly<Record<string, string>>;
}

/** Whether two attempts speak of the same work; what other names, Regions or accounts hold says nothing about it. */
export function sameWork(a: Work, b: Work): boolean {
  const names = new Set([...Object.keys(a.params), ...Object.keys(b.params)]);
  return (
    a.lab.id === b.lab.id &&
    a.account.id === b.account.id &&
    a.account.region === b.account.region &&
    [...names].every((name) => a.params[name] === b.params[name])
  );
}

/** Whether two attempts at the same work asked for the same, saw the same, and in the same way. */
export function sawTheSame(a: Attempt, b: Attempt): boolean {
  const seen = ({ lab, chosen, findings }: Attempt) =>
    JSON.stringify([
      lab.digest,
      chosen,
      Object.entries(findings).map(([id, one]) => [id, one.verdict, one.basis, one.message, one.outputs]),
    ]);
  return seen(a) === seen(b);
}
