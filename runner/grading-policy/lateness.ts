/** How late something is for one learner, and what that costs. Pure. */
import type { Extension } from '../roster/roster.ts';
import type { Policy } from './policy.ts';

export interface Lateness {
  /** After the due time of this learner and its late days; 0 when in time. */
  readonly seconds: number;
  /** Late days that this used. */
  readonly days: number;
  /** Whether it is too late to count at all. */
  readonly rejected: boolean;
}

const day = 86_400;

/** The learner's own due time, milliseconds; an extension never makes it earlier. Undefined without a due date. */
export function dueFor({ due }: Policy, extension?: Extension): number | undefined {
  if (due === undefined || extension === undefined) return due;
  return 'seconds' in extension ? due + extension.seconds * 1000 : Math.max(due, Date.parse(extension.until));
}

/**
 * @param at when the work was seen, milliseconds
 * @param due of this learner
 * @param freeDays how many late days the learner has left for this lab
 */
export function lateness(policy: Policy, at: number, due: number | undefined, freeDays: number): Lateness {
  const past = due === undefined ? 0 : (at - due) / 1000;
  if (past <= policy.graceSeconds) return { seconds: 0, days: 0, rejected: false };
  const days = Math.min(freeDays, Math.ceil((past - policy.graceSeconds) / day));
  const left = past - days * day;
  return {
    seconds: left <= policy.graceSeconds ? 0 : left,
    days,
    rejected:
      policy.rejectAfterSeconds !== undefined &&
      left > Math.max(policy.rejectAfterSeconds, policy.graceSeconds),
  };
}

/** What is left of points that were earned late. Between 0 and `earned`. */
export function afterLateness(
  { late }: Policy,
  { seconds, rejected }: Lateness,
  earned: number,
  max: number,
): number {
  if (rejected) return 0;
  if (seconds <= 0) return earned;
  const units = late.perSeconds === undefined ? 1 : Math.ceil(seconds / late.perSeconds);
  const lost = Math.min(late.cap, 1, late.compound ? 1 - (1 - late.share) ** units : late.share * units);
  return Math.max(0, earned - lost * (late.of === 'max' ? max : earned));
}
