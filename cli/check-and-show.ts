/** A check run and what came of it, shown; shared by `check` and `demo`. */
import type { CheckedLab } from '../runner/check-lab.ts';
import { planRun, type Step } from '../runner/plan.ts';
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
  const { steps, chosen } = planRun(lab, settings, stages);
  const shown = steps.filter((step) => chosen.includes(step.stage.id));
  const live = await liveProgress(shown, output);
  const ask = (userName: string) => {
    const question = `To see what ${plain(userName)} may do, a temporary access key of it is made and deleted after the run. Make one?`;
    const answered = () => confirm(question, signal);
    return live ? live.during(answered) : answered();
  };
  const checker = new Checker({ ...options, note: output.note, ...(output.asks && { ask }) });
  try {
    const checked = await checker.check({
      stages,
      onStart: (step) => live?.start(step),
      onFinding: (step) => live?.settle(step),
    });
    const leftBehind = await checker.close();
    live?.done();
    if (options.showFindings && !checked.unanswered && !checked.interrupted) {
      const stages = checked.result.stages.filter((stage) => chosen.includes(stage.id));
      for (const stage of stages) output.print(`\n${stageText(stage, output.style, output.width)}\n`);
    }
    if (leftBehind !== undefined) {
      output.note(`A temporary access key could not be deleted: ${plain(leftBehind)}\n`);
      output.note('It is noted, and the next `labwright check` in this folder deletes it.\n');
    }
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

/** What moves is loaded only where there is a terminal for it. */
async function liveProgress(steps: readonly Step[], { style, live }: Output) {
  if (!live) return undefined;
  const { LiveProgress } = await import('./terminal/live-progress.ts');
  return new LiveProgress(steps, style, live);
}
