/** The order of a lab's stages as a rule: a stage that failed stops those after it, which could only fail of it. Pure. */
import { lowerFirst } from './lower-first.ts';
import type { Step } from './plan.ts';
import type { CheckResult, Verdict } from './result.ts';

/** Thrown where a check would act as another user, and a stage before its own has failed. */
export class StageComesFirst extends Error {
  override readonly cause: Step;

  constructor(cause: Step) {
    super(`The stage "${cause.stage.id}" comes first.`);
    this.name = 'StageComesFirst';
    this.cause = cause;
  }
}

/**
 * The first check that failed in a stage before the step's own. A fail that a later stage has undone stops nothing: one
 * of that stage's checks passes, of those that make no probe, which themselves wait for nobody here. Neither does what
 * was not judged. When the verdicts come, and in which order, makes no difference.
 *
 * @param steps of the run, in the lab's order
 * @param verdictOf asked for no step of the same stage or a later one that makes probes, so that nothing waits in a circle
 */
export async function whatComesFirst(
  step: Step,
  steps: readonly Step[],
  verdictOf: (step: Step) => Promise<Verdict | undefined>,
): Promise<Step | undefined> {
  const isFail = async (one: Step) => (await verdictOf(one)) === 'fail';
  const isUndone = async ({ entry }: Step) => {
    const undoing = steps.filter(
      ({ stage, check }) => entry.undoneBy.includes(stage.id) && check.probes.length === 0,
    );
    return (await Promise.all(undoing.map(verdictOf))).includes('pass');
  };
  for (const one of before(step, steps)) {
    // Asked first is what is known first: a probe's verdict only where it matters.
    const stops =
      one.check.probes.length > 0
        ? !(await isUndone(one)) && (await isFail(one))
        : (await isFail(one)) && !(await isUndone(one));
    if (stops) return one;
  }
  return undefined;
}

/** What a stopped step's finding says: no fail of its own, and no points either. @param labId for the command that helps */
export function stopped({ stage, entry }: Step, labId: string) {
  return {
    verdict: 'skip' as const,
    points: 0,
    stoppedBy: stage.id,
    message: `The stage "${stage.id}" comes first: ${lowerFirst(entry.title)}.`,
    hint: `Do the stage "${stage.id}" first (\`labwright guide ${labId} ${stage.id}\`), then check again.`,
  };
}

/** A fail that was stopped: what it compared and explained is told once it is its turn. */
export function stoppedFail(finding: CheckResult, cause: Step, labId: string): CheckResult {
  const { expected: _expected, actual: _actual, explanation: _explanation, ...rest } = finding;
  return { ...rest, ...stopped(cause, labId) };
}

function before({ stage }: Step, steps: readonly Step[]): readonly Step[] {
  return steps.slice(
    0,
    steps.findIndex((one) => one.stage.id === stage.id),
  );
}
