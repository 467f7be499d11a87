/** Since when a check passes, or when it passed last, in words. */
import type { CheckResult } from '../../runner/result.ts';

const minuteMs = 60_000;

/**
 * `passed since 14:02 UTC`, `last passed 3 min ago`; undefined where this run is the first to know.
 *
 * @param runAt when the run that is told of began, ISO 8601
 * @param now milliseconds since 1970
 */
export function passTime(
  { verdict, passedSince, lastPassedAt, standsFrom }: CheckResult,
  runAt: string,
  now: number,
): string | undefined {
  if (passedSince !== undefined)
    return passedSince < runAt ? `passed since ${clock(passedSince, now)}` : undefined;
  if (lastPassedAt === undefined || verdict === 'pass' || standsFrom) return undefined;
  return `last passed ${ago(now - Date.parse(lastPassedAt))}`;
}

/** With the day where it was another. */
function clock(iso: string, now: number): string {
  const today = new Date(now).toISOString().slice(0, 10);
  const [day = '', time = ''] = iso.split('T');
  return `${day === today ? '' : `${day} `}${time.slice(0, 5)} UTC`;
}

function ago(ms: number): string {
  if (!(ms >= minuteMs)) return 'less than a minute ago';
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
