import { randomUUID } from 'node:crypto';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { CheckedLab } from '../../runner/check-lab.ts';
import { sealResult } from '../../runner/integrity/sealed-result.ts';
import { readSigningKey } from '../../runner/integrity/signing-key.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import type { Result } from '../../runner/result.ts';
import { labSession, openAssumedRole } from '../../runner/role/open-assumed-role.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';
import { openAccount } from '../accounts/open-account.ts';
import { checkAndShow } from '../check-and-show.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import type { ProbeChoice } from '../options/probe.ts';
import type { LearnerRoleFlags } from '../options/role.ts';
import { createOutput, type Output } from '../output.ts';
import { stateOf } from '../state.ts';
import { plain } from '../terminal/style.ts';
import { summary } from '../terminal/summary.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface CheckFlags extends AccountFlags, LearnerRoleFlags, ChecksFlags {
  readonly probe?: ProbeChoice;
  readonly set: Record<string, string>;
  readonly json?: boolean;
  /** File of the key that signs the result. */
  readonly sign?: string;
  readonly watch?: boolean;
  readonly color: boolean;
}

/** `labwright check`: judges the learner's account. */
export async function check(labName: string, stages: string[], flags: CheckFlags): Promise<void> {
  const terminal = createOutput(!flags.color);
  // Nobody is asked about an account that is somebody else's: without `--probe` nothing is written there.
  const output = flags.role === undefined ? terminal : { ...terminal, asks: false };
  refuseAlone(flags);
  const key = flags.sign === undefined ? undefined : await readSigningKey(flags.sign);
  const { lab } = await findLab(labName, flags);
  const account = await checkedAccount(lab, flags);
  const { signal, release } = interruptSignal();
  const state = stateOf(lab.id);
  let free: (() => Promise<void>) | undefined;
  try {
    output.note(`${output.style.bold(lab.title)}\n`);
    const asked = {
      lab,
      stages,
      settings: flags.set,
      account,
      ...(flags.probe && { probe: flags.probe }),
      state,
      output,
      signal,
    };
    if (flags.watch) {
      const { watchCheck } = await import('../watch/watch-check.ts');
      const checked = await watchCheck(asked);
      if (checked) tell(checked, { labName, stages, output, state, cheers: true });
      else process.exitCode = exitCodes.interrupted;
      return;
    }
    free = await state.lock({
      signal,
      onWait: ({ pid }) =>
        output.note(`Another check (process ${pid}) is running in this folder; waiting for it to end.\n`),
    });
    const checked = await checkAndShow({ ...asked, showFindings: !flags.json });
    if (checked.interrupted) {
      tellUnreadable(checked, output, state);
      output.note(
        `Interrupted: this run is not kept${checked.leftBehind === undefined ? ', and what it had made is deleted' : ''}.\n`,
      );
      process.exitCode = exitCodes.interrupted;
      return;
    }
    const json = (result: Result) => (key ? sealResult({ key, result, run: randomUUID() }) : result);
    tell(checked, { labName, stages, output, state, ...(flags.json && { json }) });
    // The run was over and is kept; its key was still being deleted.
    if (signal.aborted) process.exitCode = exitCodes.interrupted;
  } catch (error) {
    // Nothing was begun while another check was waited for.
    if (!signal.aborted || free) throw error;
    process.exitCode = exitCodes.interrupted;
  } finally {
    await free?.();
    release();
  }
}

interface Telling {
  readonly labName: string;
  readonly stages: readonly string[];
  readonly output: Output;
  readonly state: StateFolder;
  /** What is printed instead of words. */
  readonly json?: (result: Result) => unknown;
  /** Says once that all is done, where that was waited for. */
  readonly cheers?: boolean;
}

/** What the run came to, the one next thing to do, and the exit code. */
function tell(checked: CheckedLab, telling: Telling): void {
  const { result, unanswered } = checked;
  const { labName, stages, output, state, json, cheers } = telling;
  tellUnreadable(checked, output, state);
  if (unanswered) {
    output.note(
      `\nNothing could be judged. ${plain(unanswered.message)}\n→ ${output.style.markdown(unanswered.advice)}\n`,
    );
  }
  const code = exitCodeOf(result, stages);
  if (json) output.print(`${JSON.stringify(json(result), null, 2)}\n`);
  else {
    if (cheers && code === exitCodes.passed)
      output.print(`\n${output.style.paint('pass', cheer(result, stages))}\n`);
    output.print(summary(result, output.style, labName));
  }
  process.exitCode = code;
}

function cheer({ stages: all }: Result, stages: readonly string[]): string {
  if (stages.length === 0 || stages.length === all.length) return 'All of it passes. Well done.';
  return `${stages.length === 1 ? `The stage "${stages[0]}" passes` : 'These stages pass'}. Well done.`;
}

function tellUnreadable({ unreadable }: CheckedLab, output: Output, state: StateFolder): void {
  if (unreadable > 0) {
    output.note(`${unreadable} earlier attempts in ${state.path} could not be read and were left alone.\n`);
  }
}

/** One's own, or a learner's. @throws UserError, PlanError */
async function checkedAccount(lab: Lab, flags: CheckFlags): Promise<OpenAccount> {
  const { role: arn, externalId, set: settings } = flags;
  const own = await openAccount(flags);
  if (arn === undefined) return own;
  const session = labSession(arn, { lab, settings, probe: flags.probe?.way === 'key' });
  return openAssumedRole(own, { arn, ...(externalId !== undefined && { externalId }), ...session });
}

/** @throws UserError for options that mean nothing without another */
function refuseAlone({ role, externalId, sign }: CheckFlags): void {
  if (role !== undefined) return;
  if (externalId !== undefined)
    throw new UserError('`--external-id` goes with `--role`: name the role as well.');
  if (sign !== undefined)
    throw new UserError(
      "`--sign` is for an instructor who enters a learner's account: name its `--role` as well.",
    );
}

/** Judged by the stages that were asked for; by the whole lab when none was named. */
function exitCodeOf(result: Result, stages: readonly string[]): number {
  const asked = result.stages.filter((stage) => stages.length === 0 || stages.includes(stage.id));
  const verdicts = asked.flatMap((stage) => stage.checks.map((one) => one.verdict));
  if (verdicts.includes('fail')) return exitCodes.failed;
  if (verdicts.includes('error')) return exitCodes.notJudged;
  return verdicts.includes('skip') ? exitCodes.failed : exitCodes.passed;
}
