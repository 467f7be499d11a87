import type { Result } from '../../runner/result.ts';
import type { AccountFlags } from '../account-options.ts';
import { checkAndShow } from '../check-and-show.ts';
import { findLab } from '../find-lab.ts';
import { interruptSignal } from '../interrupt.ts';
import { openAccount } from '../open-account.ts';
import { createOutput } from '../output.ts';
import type { ProbeChoice } from '../probe-choice.ts';
import { stateOf } from '../state.ts';
import { plain } from '../terminal/style.ts';
import { summary } from '../terminal/summary.ts';
import { exitCodes } from '../user-error.ts';

export interface CheckFlags extends AccountFlags {
  readonly probe?: ProbeChoice;
  readonly set: Record<string, string>;
  readonly json?: boolean;
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
    free = await state.lock({
      signal,
      onWait: ({ pid }) =>
        output.note(`Another check (process ${pid}) is running in this folder; waiting for it to end.\n`),
    });
    const { result, unreadable, unanswered, interrupted, leftBehind } = await checkAndShow({
      lab,
      stages,
      settings: flags.set,
      account,
      ...(flags.probe && { probe: flags.probe }),
      state,
      output,
      showFindings: !flags.json,
      signal,
    });
    if (unreadable > 0) {
      output.note(`${unreadable} earlier attempts in ${state.path} could not be read and were left alone.\n`);
    }
    if (interrupted) {
      output.note(
        `Interrupted: this run is not kept${leftBehind === undefined ? ', and what it had made is deleted' : ''}.\n`,
      );
      process.exitCode = exitCodes.interrupted;
      return;
    }
    if (unanswered) {
      output.note(
        `\nNothing could be judged. ${plain(unanswered.message)}\n→ ${output.style.markdown(unanswered.advice)}\n`,
      );
    }
    if (flags.json) output.print(`${JSON.stringify(result, null, 2)}\n`);
    else output.print(summary(result, output.style, labName));
    process.exitCode = exitCodeOf(result, stages);
  } catch (error) {
    // Nothing was begun while another check was waited for.
    if (!signal.aborted || free) throw error;
    process.exitCode = exitCodes.interrupted;
  } finally {
    release();
    await free?.();
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
