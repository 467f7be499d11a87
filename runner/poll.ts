import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../checks/account.ts';
import type { CallName } from '../checks/call.ts';
import type { CheckContext } from '../checks/check.ts';

/**
 * Polling to a deadline, with growing pauses. The first look may come from the run's memory; each later one asks
 * AWS again.
 *
 * @param signal ends the waiting
 */
export function createPoll(
  remembered: Account,
  fresh: Account,
  patienceMs: number,
  signal?: AbortSignal,
): CheckContext<unknown, CallName, CallName>['poll'] {
  return async (ask, settled) => {
    const deadline = Date.now() + patienceMs;
    let value = await ask(remembered);
    for (
      let waitMs = 250;
      !settled(value) && Date.now() + waitMs <= deadline;
      waitMs = Math.min(waitMs * 2, 5000)
    ) {
      await delay(waitMs, undefined, { signal });
      value = await ask(fresh);
    }
    return value;
  };
}
