/** A check run and what came of it, shown; shared by `check` and `demo`. */
import type { CheckedLab } from '../runner/check-lab.ts';
import { type Plan, planRun } from '../runner/plan.ts';
import type { Result } from '../runner/result.ts';
import { Checker, type CheckerOptions } from './checker.ts';
import type { Output } from './output.ts';
import { confirm } from './terminal/confirm.ts';
import { stageText } from './terminal/stage-text.ts';
import { plain } from './terminal/style.ts';

export interface CheckAndShowOptions extends Omit<CheckerOptions, 'ask' | 'note'> {
  /** Ids; all when empty. */
  readonly stages: readonly string[];
  readonly output: Output;
  /** False prints no findings: the caller prints the result in another form. */
  readonly showFindings: boolean;
}

/** @returns `leftBehind` as of the end, when everything was taken back that could be */
export async function checkAndShow(options: CheckAndShowOptions): Promise<CheckedLab> {
  const { lab, stages, settings, output, signal } = options;
  const plan = planRun(lab, settings, stages);
  const live = await liveProgress(plan, output);
  const ask = (userName: string) => {
    const answered = () => confirm(keyQuestion(userName), signal);
    return live ? live.during(answered) : answered();
  };
  const checker = new Checker({ ...options, note: output.note, ...(output.asks && { ask }) });
  try {
    const checked = await checker.check({
      stages,
      onStart: (step) => live?.start(step),
      onFinding: (step, finding) => live?.settle(step, finding),
    });
    const leftBehind = await checker.close();
    live?.done();
    if (options.showFindings && !checked.unanswered && !checked.interrupted) {
      showStages(checked.result, plan.chosen, output);
    }
    if (leftBehind !== undefined) output.note(leftBehindNote(leftBehind));
    if (checked.notKept !== undefined) {
      output.note(
        `This run could not be kept: ${plain(checked.notKept)}. What was kept before is still there.\n`,
      );
    }
    return { ...checked, ...(leftBehind !== undefined && { leftBehind }) };
  } finally {
    live?.done();
    await checker.close();
  }
}

/** Prints the stages that were asked for, finding by finding. */
export function showStages({ stages, startedAt }: Result, chosen: readonly string[], output: Output): void {
  const { style, width } = output;
  for (const stage of stages.filter(({ id }) => chosen.includes(id)))
    output.print(`\n${stageText(stage, { style, width, runAt: startedAt })}\n`);
}

/** What is asked before a temporary key is made. */
export function keyQuestion(userName: string): string {
  return `To see what ${plain(userName)} may do, a temporary access key of it is made and deleted after the run. Make one?`;
}

/** @param why as `Checker.close` tells it */
export function leftBehindNote(why: string): string {
  return `A temporary access key could not be deleted: ${plain(why)}\nIt is noted, and the next \`labwright check\` in this folder deletes it.\n`;
}

/** What moves is loaded only where there is a terminal for it. */
export async function liveProgress(plan: Plan, { style, live }: Output) {
  if (!live) return undefined;
  const { LiveProgress } = await import('./terminal/live-progress.ts');
  return new LiveProgress(plan, style, live);
}
