import { setTimeout as delay } from 'node:timers/promises';
import { NotJudged } from '../checks/not-judged.ts';

/**
 * Waits for what may never end. What it says later is not listened to.
 *
 * @param signal ends the waiting at once
 * @throws NotJudged after the limit
 */
export async function cutOff<Outcome>(
  work: Promise<Outcome>,
  { limitMs, signal }: { readonly limitMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Outcome> {
  const timing = new AbortController();
  const waiting = signal ? AbortSignal.any([signal, timing.signal]) : timing.signal;
  const limit = async (): Promise<never> => {
    await delay(limitMs, undefined, { signal: waiting });
    throw new NotJudged(
      `The check did not come to an end within ${limitMs / 1000} seconds.`,
      'That is a fault of the check, not of your work. Please tell who wrote it.',
    );
  };
  const limited = limit();
  limited.catch(() => undefined);
  try {
    return await Promise.race([work, limited]);
  } finally {
    timing.abort();
    work.catch(() => undefined);
  }
}
