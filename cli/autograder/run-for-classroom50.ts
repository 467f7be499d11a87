/** One submission in a Classroom 50 run: the learner's checkout in, `result.json` out. */
import { join } from 'node:path';
import type { Autograder } from '../../runner/autograder/autograder-file.ts';
import { signedSubmission } from '../../runner/autograder/signed-submission.ts';
import { writeWhole } from '../../runner/files/write-whole.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { exportAs } from '../export/formats.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';
import { classOfOneJudged } from './class-of-one-judged.ts';

interface Classroom50Run {
  readonly autograder: Autograder;
  readonly lab: Lab;
  /** The learner's files. */
  readonly checkout: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws UserError when there is no signed result of this learner: no result is written then */
export async function runForClassroom50({ autograder, lab, checkout, env }: Classroom50Run): Promise<void> {
  const { judging } = autograder;
  if (judging.by !== 'signature')
    throw new UserError('An autograder for Classroom 50 judges signed results. Make the folder anew.');
  const owner = env.OWNER || env.USERNAME;
  if (!owner) throw new UserError('Classroom 50 names the learner in OWNER; here it is not set.');
  const judged = await signedSubmission({
    folder: checkout,
    key: judging.key,
    lab,
    // GitHub does not tell names apart by case.
    belongs: ({ learner }) => learner?.toLowerCase() === owner.toLowerCase(),
  });
  if ('problem' in judged)
    throw new UserError(`No score is given. ${plain(judged.problem)}`, exitCodes.notJudged);
  const { one } = classOfOneJudged(judged.result, { id: owner });
  const text = await exportAs('classroom50', one, { env: { ...env, OWNER: owner } });
  await writeWhole(join(checkout, 'result.json'), text);
}
