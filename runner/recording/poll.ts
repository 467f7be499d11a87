import type { Account } from '../../checks/account.ts';
import type { CallName } from '../../checks/call.ts';
import type { CheckContext } from '../../checks/check.ts';
import { NotRecorded } from './replay.ts';

/** Far more looks than a run's patience allows: against a check that asks nothing in its look. */
const mostLooks = 1000;

/** Polling in a recording: looks as often as was looked then, without waiting, and ends with what was seen last. */
export function replayPoll(
  remembered: Account,
  fresh: Account,
): CheckContext<unknown, CallName, CallName>['poll'] {
  return async (ask, settled) => {
    let value = await ask(remembered);
    for (let looks = 0; !settled(value) && looks < mostLooks; looks++) {
      try {
        value = await ask(fresh);
      } catch (error) {
        if (error instanceof NotRecorded) return value;
        throw error;
      }
    }
    return value;
  };
}
