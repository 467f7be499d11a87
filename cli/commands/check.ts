import type { CheckedLab } from '../../runner/check-lab.ts';
import type { Result } from '../../runner/result.ts';
import type { StateFolder } from '../../runner/state-folder.ts';
import type { AccountFlags } from '../account-options.ts';
import { checkAndShow } from '../check-and-show.ts';
import { findLab } from '../find-lab.ts';
import { interruptSignal } from '../interrupt.ts';
import { openAccount } from '../open-account.ts';
import { createOutput, type Output } from '../output.ts';
import type { ProbeChoice } from '../probe-choice.ts';
import { stateOf } from '../state.ts';
import { plain } from '../terminal/style.ts';
import { summary } from '../terminal/summary.ts';
import { exitCodes } from '../user-error.ts';

export interface CheckFlags extends AccountFlags {
  readonly probe?: ProbeChoice;
  readonly set: Record<string, string>;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly color: boolean;
}

/** `labwright check`: judges the learner's account. */
export async function check(labName: string, stages: string[], flags: CheckFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName);
  const account = await openAccount(flags);
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
    tell(checked, { labName, stages, output, state, ...(flags.json && { json: true }) });
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
  readonly json?: boolean;
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
  if (json) output.print(`${JSON.stringify(result, null, 2)}\n`);
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

/** Judged by the stages that were asked for; by the whole lab when none was named. */
function exitCodeOf(result: Result, stages: readonly string[]): number {
  const asked = result.stages.filter((stage) => stages.length === 0 || stages.includes(stage.id));
  const verdicts = asked.flatMap((stage) => stage.checks.map((one) => one.verdict));
  if (verdicts.includes('fail')) return exitCodes.failed;
  if (verdicts.includes('error')) return exitCodes.notJudged;
  return verdicts.includes('skip') ? exitCodes.failed : exitCodes.passed;
}
