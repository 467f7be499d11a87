/** From a roster to the learners that an autograder can tell apart and reach. */
import type { AutograderLearner, Judging } from '../../runner/autograder/autograder-file.ts';
import { foldedEmail } from '../../runner/autograder/gradescope-submission.ts';
import type { Learner, Roster } from '../../runner/roster/roster.ts';
import { UserError } from '../user-error.ts';

/** @throws UserError for a roster that leaves open who somebody is, or how the account is entered */
export function rosterLearners(
  file: string,
  { learners, problems }: Roster,
  by: Judging['by'],
): AutograderLearner[] {
  if (problems.some(({ severity }) => severity === 'error'))
    throw new UserError(`Not every line of ${file} can be read. Mend what is said above, and try again.`);
  if (learners.length === 0) throw new UserError(`Nobody is in ${file}.`);
  const seen = new Map<string, Learner>();
  return learners.map((learner) => {
    const { id, email, account, access, region, params, line } = learner;
    if (email === undefined)
      throw new UserError(
        `${file}, line ${line}: ${id} has no e-mail address, by which Gradescope names who hands in. Add the column "e-mail".`,
      );
    const other = seen.get(foldedEmail(email));
    if (other)
      throw new UserError(
        `${file}, line ${line}: ${id} has the e-mail address of ${other.id} (line ${other.line}). Give each their own.`,
      );
    seen.set(foldedEmail(email), learner);
    if (by === 'role' && access.kind !== 'role')
      throw new UserError(
        `${file}, line ${line}: ${id} is entered with a profile, and an autograder has none of yours. Name a role, or let signed results be handed in (\`--key\`).`,
      );
    return {
      id,
      email,
      params,
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(by === 'role' &&
        access.kind === 'role' && {
          role: {
            arn: access.arn,
            ...(access.externalId !== undefined && { externalId: access.externalId }),
          },
        }),
    };
  });
}
