import { setTimeout as delay } from 'node:timers/promises';
import type { CallName } from '../../checks/call.ts';

/** Milliseconds between calls that AWS takes only so often: two a second ("Quotas in AWS CloudTrail"). */
const apartMs: Partial<Record<CallName, number>> = { 'cloudtrail:LookupEvents': 500 };

/** Keeps calls to AWS's known request rates, so that they wait here instead of being throttled there. */
export class Pace {
  readonly #free = new Map<CallName, number>();

  /** Resolves when the call may go out; at once for calls without a pace. */
  async turn(call: CallName): Promise<void> {
    const pause = apartMs[call];
    if (pause === undefined) return;
    const now = Date.now();
    const at = Math.max(now, this.#free.get(call) ?? 0);
    this.#free.set(call, at + pause);
    if (at > now) await delay(at - now);
  }
}
