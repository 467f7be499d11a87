import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { identify } from '../../runner/accounts/identify.ts';
import type { ClassResult } from '../../runner/class-result.ts';
import { classResultOf } from '../../runner/grading/class-result-of.ts';
import { gradeClass } from '../../runner/grading/grade-class.ts';
import { Suspicions } from '../../runner/grading/suspicions.ts';
import { parsePolicy } from '../../runner/grading-policy/load-policy.ts';
import type { Policy } from '../../runner/grading-policy/policy.ts';
import { policyWords } from '../../runner/grading-policy/policy-words.ts';
import type { Learner, Roster } from '../../runner/roster/roster.ts';
import { lockFolder } from '../../runner/state-lock.ts';
import type { AccountFlags } from '../account-options.ts';
import { findLab } from '../find-lab.ts';
import { learnerDocuments, learnerPage } from '../grading/learner-documents.ts';
import { learnerOpener } from '../grading/open-learner.ts';
import { writeClass } from '../grading/write-class.ts';
import { interruptSignal } from '../interrupt.ts';
import { openAccount } from '../open-account.ts';
import { createOutput } from '../output.ts';
import type { ProbeChoice } from '../probe-choice.ts';
import { waysOf } from '../probe-ways.ts';
import { readRosterFile } from '../read-roster-file.ts';
import { classProgress } from '../terminal/class-progress.ts';
import { classText } from '../terminal/class-text.ts';
import { rosterText } from '../terminal/roster-text.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface GradeFlags extends AccountFlags {
  readonly roster: string;
  readonly out: string;
  readonly concurrency: number;
  readonly only?: string[];
  /** ISO 8601. */
  readonly since?: string;
  readonly dryRun?: boolean;
  readonly policy?: string;
  readonly timeZone: string;
  readonly sign?: string;
  readonly probe?: ProbeChoice;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright grade`: grades the learners of a roster, and writes their results and the gradebook. */
export async function grade(labName: string, flags: GradeFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName);
  const policy = await policyOf(flags.policy);
  const roster = await readRosterFile(flags.roster, lab, flags.timeZone);
  if (roster.problems.length > 0) output.note(`${rosterText(flags.roster, roster, output.style)}\n`);
  const learners = gradable(roster, flags);
  const out = resolve(flags.out);
  await refuseWithoutCredentials(learners, flags);
  const { signal, release } = interruptSignal();
  const free = await lockFolder(out, {
    signal,
    onWait: ({ pid }) =>
      output.note(`Another grading (process ${pid}) is writing to ${flags.out}; waiting for it to end.\n`),
  });
  const progress = await classProgress(output);
  let written: { result: ClassResult; files: string[] } | undefined;
  try {
    const graded = await gradeClass({
      lab,
      learners,
      out,
      concurrency: flags.concurrency,
      ...(flags.only && { only: flags.only }),
      ...(flags.since !== undefined && { since: flags.since }),
      openAccount: learnerOpener({ lab, out, account: flags, keys: flags.probe?.way === 'key' }),
      ways: waysOf(flags.probe),
      documents: learnerDocuments,
      signal,
      onProgress: progress.settle,
      async conclude({ startedAt }) {
        const suspicions = new Suspicions();
        const result = await classResultOf({
          lab,
          learners,
          out,
          policy,
          ...(flags.policy !== undefined && { policyWords: policyWords(policy) }),
          page: learnerPage,
          startedAt,
          onResult: (learner, one) => suspicions.add(learner, one),
        });
        written = { result, files: await writeClass(out, result) };
      },
    });
    progress.done();
    if (!written) {
      output.note(
        `Interrupted: ${graded.settled + graded.left} learners are graded. The same command goes on with the others.\n`,
      );
      process.exitCode = exitCodes.interrupted;
      return;
    }
    output.print(
      flags.json
        ? `${JSON.stringify(written.result, null, 2)}\n`
        : classText(written.result, written.files, output.style),
    );
    process.exitCode = exitCodeOf(written.result, roster);
  } finally {
    progress.done();
    await free();
    release();
  }
}

async function policyOf(file: string | undefined): Promise<Policy> {
  return parsePolicy(file ?? 'policy', file === undefined ? '{}' : await readFile(file, 'utf8'));
}

/** Those who can be graded. @throws UserError when nobody can, or `--only` names somebody who is not there */
function gradable({ learners }: Roster, { only, roster: file }: GradeFlags): readonly Learner[] {
  if (learners.length === 0)
    throw new UserError(`Nobody in ${file} can be graded. Mend what is said above, and try again.`);
  const missing = (only ?? []).filter((id) => !learners.some((learner) => learner.id === id));
  if (missing.length > 0)
    throw new UserError(
      `There is no learner ${missing.map((id) => `"${id}"`).join(', ')} in ${file} who can be graded. Ids are those of the column "learner id".`,
    );
  return learners;
}

/** Credentials that do not work would keep everybody from being judged. @throws CallError, as `check` does */
async function refuseWithoutCredentials(learners: readonly Learner[], flags: GradeFlags): Promise<void> {
  if (!learners.some(({ access }) => access.kind === 'role')) return;
  const caller = (await openAccount(flags)).owner();
  try {
    await identify(caller);
  } finally {
    caller.close();
  }
}

/** What an instructor has to look after: somebody who could not be judged, or whose line could not be read. */
function exitCodeOf({ learners }: ClassResult, { problems }: Roster): number {
  const all = learners.every(({ points, unjudged }) => points !== null && unjudged === 0);
  return all && problems.every(({ severity }) => severity !== 'error')
    ? exitCodes.passed
    : exitCodes.notJudged;
}
