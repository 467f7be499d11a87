/** When a check passed, as attempts tell. Pure. */
import type { CheckResult } from './result.ts';

/** A finding and when its attempt ended. */
export interface Told {
  readonly finding: CheckResult;
  /** ISO 8601. */
  readonly finishedAt: string;
}

export type Passes = Pick<CheckResult, 'passedSince' | 'lastPassedAt'>;

/**
 * @param findings of one step, oldest first
 * @param sameThing whether a pass was of what the latest finding is about; what was made anew begins a new row
 */
export function passesOver<One extends Told>(
  findings: readonly One[],
  sameThing: (pass: One) => boolean,
): Passes {
  const last = findings.findLast(({ finding }) => finding.verdict === 'pass');
  if (!last) return {};
  const lastPassedAt = timeOf(last);
  const now = findings.at(-1);
  if (now !== last) return { lastPassedAt };
  let first = last;
  for (const told of findings.toReversed()) {
    // What was not judged, or had to wait, says nothing of the work.
    if (told.finding.verdict === 'error' || (told.finding.verdict === 'skip' && !isLost(told.finding)))
      continue;
    if (told.finding.verdict !== 'pass' || !sameThing(told)) break;
    first = told;
  }
  return { passedSince: timeOf(first), lastPassedAt };
}

/** Whether the work was seen not to be there: a fail, also one that an earlier stage stopped; not what was not tried. */
export function isLost({ verdict, stoppedBy, judgedAt }: CheckResult): boolean {
  return verdict === 'fail' || (stoppedBy !== undefined && judgedAt !== undefined);
}

function timeOf({ finding, finishedAt }: Told): string {
  return finding.judgedAt ?? finishedAt;
}
