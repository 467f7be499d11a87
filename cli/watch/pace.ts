/** How long a watch waits between two checks. Pure. */
import type { CheckedLab } from '../../runner/check-lab.ts';
import type { CheckResult } from '../../runner/result.ts';

/** What the latest check came to: something new, the same as before, or that AWS did not answer as it should. */
export type Seen = 'changed' | 'unchanged' | 'trouble';

export const firstWaitMs = 5000;
const longestMs = 60_000;
const longestInTroubleMs = 5 * 60_000;

/** @param waitedMs before the check that is told of; undefined when it was asked for, or was the first */
export function nextWaitMs(waitedMs: number | undefined, seen: Seen): number {
  if (seen === 'trouble') return Math.min(Math.max((waitedMs ?? 0) * 2, longestMs), longestInTroubleMs);
  if (seen === 'changed' || waitedMs === undefined) return firstWaitMs;
  return Math.min(waitedMs * 2, longestMs);
}

/** @param before findings of the check before, by step id */
export function seenIn(
  { findings, unanswered }: Pick<CheckedLab, 'findings' | 'unanswered'>,
  before: ReadonlyMap<string, CheckResult>,
): Seen {
  const all = [...findings.values()];
  if (unanswered || all.some((one) => one.verdict === 'error' && one.evidence.some(isTrouble)))
    return 'trouble';
  const changed = [...findings].some(
    ([id, { verdict, message }]) =>
      before.get(id)?.verdict !== verdict || before.get(id)?.message !== message,
  );
  return changed ? 'changed' : 'unchanged';
}

/** Throttled, failed at AWS, or not answered at all; the SDK has tried again by then. */
function isTrouble({ error }: CheckResult['evidence'][number]): boolean {
  if (!error) return false;
  const { status, code } = error;
  return (
    status === undefined ||
    status >= 500 ||
    status === 429 ||
    /Throttl|TooManyRequests|LimitExceeded/.test(code)
  );
}
