/** What counts where a change takes time: the value of some time ago. */
import type { Clock } from './clock.ts';

/** What something was until it changed. */
export interface Former<Value> {
  readonly value: Value;
  /** When it changed, in milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Adds a value that is about to change. Values that no delay reaches back to any more are left out; without a delay
 * nothing is kept.
 *
 * @param former oldest first
 */
export function keepFormer<Value>(
  former: readonly Former<Value>[] | undefined,
  value: Value,
  clock: Clock,
  delayMs: number,
): readonly Former<Value>[] | undefined {
  if (delayMs === 0) return undefined;
  const at = clock.now().getTime();
  const reachable = (former ?? []).filter(({ until }) => until + delayMs > at);
  return [...reachable, { value, until: at }];
}

/** The value of `delayMs` ago, if there has been a change since then. */
export function findFormer<Value>(
  former: readonly Former<Value>[] | undefined,
  clock: Clock,
  delayMs: number,
): Former<Value> | undefined {
  if (former === undefined || delayMs === 0) return undefined;
  const at = clock.now().getTime();
  return former.find(({ until }) => until + delayMs > at);
}

/** The value of `delayMs` ago, which is the present one if there has been no change since then. */
export function inForce<Value>(
  present: Value,
  former: readonly Former<Value>[] | undefined,
  clock: Clock,
  delayMs: number,
): Value {
  const found = findFormer(former, clock, delayMs);
  return found ? found.value : present;
}
