/** One submission in Gradescope's container: `submission_metadata.json` and `submission/` in, `results/results.json` out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallError } from '../../checks/call.ts';
import { gradescopeJson, gradescopeJsonAgain } from '../../reports/gradebook/formats/gradescope-json.ts';
import { identify } from '../../runner/accounts/identify.ts';
import type { Autograder, AutograderLearner } from '../../runner/autograder/autograder-file.ts';
import {
  earlierAttempts,
  type GradescopeSubmission,
  lastScored,
  learnerOf,
  readGradescopeSubmission,
} from '../../runner/autograder/gradescope-submission.ts';
import { judgeByRole } from '../../runner/autograder/judge-by-role.ts';
import { signedSubmission } from '../../runner/autograder/signed-submission.ts';
import { readIfThere } from '../../runner/files/read-if-there.ts';
import { writeWhole } from '../../runner/files/write-whole.ts';
import { learnerOpener } from '../../runner/grading/open-learner.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import type { Result } from '../../runner/result.ts';
import type { Attempt } from '../../runner/state/attempt.ts';
import { openAccount } from '../accounts/open-account.ts';
import { entranceOf } from '../grading/entrance.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';
import { classOfOneJudged } from './class-of-one-judged.ts';

interface GradescopeRun {
  readonly autograder: Autograder;
  readonly lab: Lab;
  /** `/autograder`, where Gradescope lays out what there is. */
  readonly root: string;
}

type Judged = { readonly result: Result; readonly attempt?: Attempt } | { readonly problem: string };

/**
 * What cannot be judged leaves the score of the submission before it, or none.
 *
 * @throws UserError when there is none: Gradescope then says that the autograder failed, and gives no score
 */
export async function runForGradescope(run: GradescopeRun): Promise<void> {
  const { lab, root } = run;
  const submission = readGradescopeSubmission(
    (await readIfThere(join(root, 'submission_metadata.json'))) ?? '',
  );
  if (!submission)
    throw new UserError(
      `${join(root, 'submission_metadata.json')} is missing, or is not as Gradescope writes it.`,
    );
  const out = join(root, 'results', 'results.json');
  const results = await resultsFor(run, submission);
  if (typeof results === 'string') {
    await writeWhole(out, results);
    return;
  }
  const problem = plain(results.problem);
  const earlier = lastScored(submission, lab.id);
  if (!earlier) throw new UserError(`No score is given. ${problem}`, exitCodes.notJudged);
  const stands = `This submission could not be judged. ${problem}\n\nThe score is that of your submission of ${plain(earlier.at)}.`;
  await writeWhole(out, gradescopeJsonAgain(earlier.results, stands));
}

/** The text of `results.json`, or why there is none. */
async function resultsFor(
  run: GradescopeRun,
  submission: GradescopeSubmission,
): Promise<string | { readonly problem: string }> {
  const learner = learnerOf(submission, run.autograder.learners);
  if ('problem' in learner) return learner;
  const judged = await judge(run, learner, submission);
  if ('problem' in judged) return judged;
  const { one, of } = classOfOneJudged(judged.result, learner);
  const keep = judged.attempt && { attempt: judged.attempt };
  return gradescopeJson(one, of, keep) ?? { problem: 'Nothing could be judged.' };
}

async function judge(
  { autograder, lab, root }: GradescopeRun,
  learner: AutograderLearner,
  submission: GradescopeSubmission,
): Promise<Judged> {
  const { judging } = autograder;
  if (judging.by === 'signature') {
    return signedSubmission({
      folder: join(root, 'submission'),
      key: judging.key,
      lab,
      // A result of `check --sign` names nobody; the account then tells whose it is.
      belongs: (seal) =>
        seal.learner === undefined
          ? seal.account.id === learner.account
          : seal.learner === learner.id && (learner.account ?? seal.account.id) === seal.account.id,
    });
  }
  return byRole(lab, judging.region, learner, submission);
}

async function byRole(
  lab: Lab,
  usualRegion: string,
  learner: AutograderLearner,
  submission: GradescopeSubmission,
): Promise<Judged> {
  const { id, params, account, role, region = usualRegion } = learner;
  if (!role) return { problem: `${id} has no role in the roster.` };
  const problem = await credentialProblem(region);
  if (problem !== undefined) return { problem };
  // Notes of temporary keys would go there; none are made where no folder outlasts the container.
  const out = await mkdtemp(join(tmpdir(), 'labwright-autograder-'));
  try {
    const { arn, externalId } = role;
    const access = { kind: 'role' as const, arn, ...(externalId !== undefined && { externalId }) };
    return await judgeByRole({
      lab,
      learner: { id, params, region, access, ...(account !== undefined && { account }) },
      openAccount: learnerOpener({ lab, out, openEntrance: entranceOf({ region }), keys: false }),
      earlier: earlierAttempts(submission, lab.id),
    });
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The autograder's own credentials are the instructor's affair, and told apart from what the learner can mend. */
async function credentialProblem(region: string): Promise<string | undefined> {
  const caller = (await openAccount({ region })).owner();
  try {
    await identify(caller);
    return undefined;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return `The autograder has no AWS credentials that work, which only the instructor can mend: put them into the file aws-credentials of its folder. (${error.sentence})`;
  } finally {
    caller.close();
  }
}
