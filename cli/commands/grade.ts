import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type ConcludeClassOptions,
  type ConcludedClass,
  concludeClass,
} from '../../api/grading/conclude-class.ts';
import { learnerDocuments } from '../../api/grading/learner-documents.ts';
import { refuseWithoutCredentials } from '../../api/grading/refuse-without-credentials.ts';
import { gradebookJsonParts } from '../../reports/gradebook/formats/gradebook-json.ts';
import type { ClassResult } from '../../runner/class-result.ts';
import { gradeClass } from '../../runner/grading/grade-class.ts';
import { learnerOpener } from '../../runner/grading/open-learner.ts';
import { reachClass } from '../../runner/grading/reach-class.ts';
import { dueTime, NotATime } from '../../runner/grading-policy/due-time.ts';
import { policyWithFlags } from '../../runner/grading-policy/load-policy.ts';
import { readSigningKey } from '../../runner/integrity/signing-key.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { type GivenOverrides, giveOverrides, keepOverrides } from '../../runner/overrides/kept-overrides.ts';
import { waysOf } from '../../runner/probe/ways.ts';
import type { Learner, Roster } from '../../runner/roster/roster.ts';
import { lockFolder } from '../../runner/state/state-lock.ts';
import { openAccount } from '../accounts/open-account.ts';
import { entranceOf } from '../grading/entrance.ts';
import { gradeWithWorkers } from '../grading/grade-with-workers.ts';
import { readRosterFile } from '../inputs/read-roster-file.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import type { ProbeChoice } from '../options/probe.ts';
import { createOutput } from '../output.ts';
import { classProgress } from '../terminal/class-progress.ts';
import { classText } from '../terminal/class-text.ts';
import { reachedText } from '../terminal/reached-text.ts';
import { rosterText } from '../terminal/roster-text.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface GradeFlags extends AccountFlags, ChecksFlags {
  readonly roster: string;
  readonly out: string;
  readonly concurrency: number;
  /** Ids. */
  readonly only?: readonly string[];
  /** A time as a due date is written. */
  readonly since?: string;
  readonly dryRun?: boolean;
  /** File. */
  readonly policy?: string;
  readonly due?: string;
  readonly late?: string;
  readonly timeZone?: string;
  /** File. */
  readonly overrides?: string;
  /** File of the key that signs the results. */
  readonly sign?: string;
  readonly probe?: ProbeChoice;
  /** URL of a Redis at which workers wait. */
  readonly queue?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright grade`: grades the learners of a roster, and writes their results and the gradebook. */
export async function grade(labName: string, flags: GradeFlags): Promise<void> {
  if (flags.probe?.way === 'profile')
    throw new UserError('A profile is one user of one account. For a class choose key, history or reason.');
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName, flags);
  const policy = await policyOf(flags);
  const key = flags.sign === undefined ? undefined : await readSigningKey(flags.sign);
  const roster = await readRosterFile(flags.roster, lab, policy.policy.timeZone);
  if (roster.problems.length > 0) output.note(`${rosterText(flags.roster, roster, output.style)}\n`);
  const learners = gradable(roster, flags);
  const since = sinceOf(flags, policy.policy.timeZone);
  const given = await overridesOf(flags, lab, roster);
  if (flags.queue === undefined) await refuseWithoutCredentials(learners, () => openAccount(flags));
  const out = resolve(flags.out);
  const openLearner = learnerOpener({
    lab,
    out,
    openEntrance: entranceOf(flags),
    keys: flags.probe?.way === 'key',
  });
  if (flags.dryRun) {
    const reached = await reachClass({
      learners: learners.filter(({ id }) => !flags.only || flags.only.includes(id)),
      openAccount: openLearner,
      concurrency: flags.concurrency,
    });
    output.print(flags.json ? `${JSON.stringify(reached, null, 2)}\n` : reachedText(reached, output.style));
    const all = reached.every(({ identity }) => identity) && isWhole(roster);
    process.exitCode = all ? exitCodes.passed : exitCodes.notJudged;
    return;
  }

  const { signal, release } = interruptSignal();
  const progress = await classProgress(output);
  let free: (() => Promise<void>) | undefined;
  let concluded: ConcludedClass | undefined;
  try {
    free = await lockFolder(out, {
      signal,
      onWait: ({ pid }) =>
        output.note(`Another grading (process ${pid}) uses ${flags.out}; waiting for it to end.\n`),
    });
    const overrides = await keepOverrides(out, given, lab);
    signal.addEventListener('abort', () => {
      progress.done();
      output.note('Ending after the learners that are under way; Ctrl-C once more ends at once.\n');
    });
    const asked = {
      lab,
      learners,
      out,
      ...(flags.only && { only: flags.only }),
      ...(since !== undefined && { since }),
      ways: waysOf(flags.probe?.way),
      signal,
      onProgress: progress.settle,
      async conclude(grading: ConcludeClassOptions['grading']) {
        concluded = await concludeClass({ lab, learners, out, grading, policy, overrides, key });
      },
    };
    const graded = await (flags.queue === undefined
      ? gradeClass({
          ...asked,
          concurrency: flags.concurrency,
          openAccount: openLearner,
          documents: learnerDocuments,
        })
      : gradeWithWorkers(flags.queue, flags, asked, (message) => output.note(`${plain(message)}\n`)));
    progress.done();
    if (!concluded && !signal.aborted) {
      output.note('There is no gradebook yet. Mend what is said above, and run the same command again.\n');
      process.exitCode = exitCodes.notJudged;
      return;
    }
    if (!concluded) {
      const done = graded.settled + graded.left;
      output.note(
        `Interrupted: ${done} of ${flags.only?.length ?? learners.length} learners are settled. The same command goes on with the others.\n`,
      );
      process.exitCode = exitCodes.interrupted;
      return;
    }
    const { result, files } = concluded;
    if (flags.json) for (const part of gradebookJsonParts(result)) output.print(part);
    else output.print(classText(result, files, output.style));
    process.exitCode = isJudged(result) && isWhole(roster) ? exitCodes.passed : exitCodes.notJudged;
  } catch (error) {
    // Nothing was begun while another grading was waited for.
    if (!signal.aborted || free) throw error;
    process.exitCode = exitCodes.interrupted;
  } finally {
    progress.done();
    await free?.();
    release();
  }
}

/** @throws LabProblems with everything that is wrong with the file and the flags */
async function policyOf({
  policy: file,
  due,
  late,
  timeZone,
}: GradeFlags): Promise<ConcludeClassOptions['policy']> {
  const own = {
    ...(due !== undefined && { due }),
    ...(late !== undefined && { late }),
    ...(timeZone !== undefined && { 'time-zone': timeZone }),
  };
  const written = file === undefined ? undefined : { name: file, text: await readFile(file, 'utf8') };
  return {
    given: file !== undefined || due !== undefined || late !== undefined,
    policy: policyWithFlags(own, written),
  };
}

/** @throws LabProblems with every problem and its line; the reading error */
async function overridesOf(
  { overrides: file }: GradeFlags,
  lab: Lab,
  { learners }: Roster,
): Promise<GivenOverrides | undefined> {
  return file === undefined
    ? undefined
    : giveOverrides(file, await readFile(file, 'utf8'), { lab, learners });
}

/** Those who can be graded. @throws UserError when nobody can, or `--only` names somebody who is not there */
function gradable({ learners }: Roster, { only, roster: file }: GradeFlags): readonly Learner[] {
  if (learners.length === 0)
    throw new UserError(`Nobody in ${file} can be graded. Mend what is said above, and try again.`);
  const missing = (only ?? []).filter((id) => !learners.some((learner) => learner.id === id));
  if (missing.length === 0) return learners;
  throw new UserError(
    `There is no learner ${missing.map((id) => `"${id}"`).join(', ')} in ${file} who can be graded. Ids are those of the column "learner id".`,
  );
}

/** ISO 8601. @throws UserError */
function sinceOf({ since }: GradeFlags, timeZone: string): string | undefined {
  if (since === undefined) return undefined;
  try {
    // A due date of a day lasts until its midnight; since a day means from its beginning.
    const from = /^\d{4}-\d{2}-\d{2}$/.test(since) ? `${since} 00:00` : since;
    return new Date(dueTime(from, timeZone)).toISOString();
  } catch (error) {
    if (error instanceof NotATime) throw new UserError(`--since: ${error.message}`);
    throw error;
  }
}

/** Whether no learner has to be looked after, whatever their points. */
function isJudged({ learners }: ClassResult): boolean {
  return learners.every(
    ({ points, unjudged, error, override }) =>
      points !== null && unjudged === 0 && (!error || override?.whole !== undefined),
  );
}

/** Whether every line of the roster could be read. */
function isWhole({ problems }: Roster): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}
