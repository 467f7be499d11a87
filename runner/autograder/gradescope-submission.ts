/** `submission_metadata.json` of Gradescope (autograder_samples, docs/submission_metadata.md): who hands in, and what came before. */
import { z } from 'zod';
import { type Attempt, attemptSchema } from '../state/attempt.ts';
import type { AutograderLearner } from './autograder-file.ts';

const metadataSchema = z.object({
  users: z.array(z.object({ email: z.string() })),
  previous_submissions: z
    .array(
      z.object({
        submission_time: z.string().optional(),
        score: z.unknown(),
        results: z.unknown(),
      }),
    )
    .nullish(),
});
export type GradescopeSubmission = z.infer<typeof metadataSchema>;

/** What an autograder of Labwright wrote for an earlier submission, as Gradescope gives it back. */
const ownResultsSchema = z.looseObject({
  // Whatever else Gradescope makes of these, what was found then is still worth having.
  score: z.number().optional().catch(undefined),
  tests: z.array(z.unknown()).optional().catch(undefined),
  extra_data: z.looseObject({ lab: z.string(), attempt: z.unknown().optional() }),
});

/** Undefined for what is no such file. */
export function readGradescopeSubmission(text: string): GradescopeSubmission | undefined {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The learner who hands in; of a group, the one whose account all of it share. */
export function learnerOf(
  { users }: GradescopeSubmission,
  learners: readonly AutograderLearner[],
): AutograderLearner | { readonly problem: string } {
  const emails = new Set(users.map(({ email }) => foldedEmail(email)));
  const found = learners.filter(({ email }) => emails.has(foldedEmail(email)));
  const [first] = found;
  const named = users.map(({ email }) => email).join(', ');
  if (!first)
    return { problem: `Nobody in the roster has the e-mail address ${named || 'of this submission'}.` };
  if (found.every((one) => one.account === first.account && one.role?.arn === first.role?.arn)) return first;
  return {
    problem: `The group (${named}) has several accounts in the roster, and which of them counts cannot be told. Hand in one by one.`,
  };
}

/** As two addresses are compared. */
export function foldedEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** What earlier submissions found, oldest first: what was once earned stays. Learners cannot write into this. */
export function earlierAttempts(submission: GradescopeSubmission, labId: string): Attempt[] {
  return ownResults(submission, labId).flatMap(({ results }) => {
    const attempt = attemptSchema.safeParse(results.extra_data.attempt);
    return attempt.success ? [attempt.data] : [];
  });
}

export interface EarlierResults {
  /** When it was handed in, in Gradescope's words. */
  readonly at: string;
  readonly results: z.infer<typeof ownResultsSchema>;
}

/** The last submission that has a score, to stand where this one cannot be judged. */
export function lastScored(submission: GradescopeSubmission, labId: string): EarlierResults | undefined {
  return ownResults(submission, labId).findLast(({ results }) => results.score !== undefined);
}

function ownResults(
  { previous_submissions: previous }: GradescopeSubmission,
  labId: string,
): EarlierResults[] {
  return (previous ?? [])
    .flatMap(({ submission_time: at = '', results }) => {
      const own = ownResultsSchema.safeParse(results);
      return own.success && own.data.extra_data.lab === labId ? [{ at, results: own.data }] : [];
    })
    .sort((a, b) => (Date.parse(a.at) || 0) - (Date.parse(b.at) || 0));
}
