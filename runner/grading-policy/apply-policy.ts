/** From a learner's graded runs to the points that count, and why. Pure: it knows no clock. */
import type { Extension } from '../roster/roster.ts';
import { afterLateness, dueFor, type Lateness, lateness } from './lateness.ts';
import type { Policy } from './policy.ts';

/** What one run said about one check. */
interface JudgedCheck {
  /** Tells the check from the others of the lab: `key/0`. */
  readonly id: string;
  /** False when it could not be judged (the verdict `error`); then its points say nothing. */
  readonly judged: boolean;
  readonly points: number;
  readonly max: number;
}

export interface GradedRun {
  readonly id: string;
  /** When it began, milliseconds since 1970. */
  readonly at: number;
  readonly checks: readonly JudgedCheck[];
}

export interface PolicyInput {
  readonly runs: readonly GradedRun[];
  readonly extension?: Extension;
  /** Late days that the learner used for other labs of the course. */
  readonly lateDaysUsed?: number;
  /** Checks whose points somebody gave: they count as they are, whatever runs and late rules say. */
  readonly given?: readonly GivenCheck[];
}

interface GivenCheck {
  readonly id: string;
  readonly points: number;
  readonly max: number;
}

/** What a check counts, and which run it counts from. */
interface CountedCheck {
  readonly id: string;
  /** Null when no run that counts could judge it. */
  readonly points: number | null;
  /** Without any late rule. */
  readonly before: number | null;
  readonly max: number;
  /** Absent when nothing was earned. */
  readonly run?: string;
  readonly lateSeconds: number;
}

export interface Graded {
  /** Rounded, between 0 and `max`; null when nothing could be judged. */
  readonly points: number | null;
  /** What the work would count if it had been in time, rounded likewise. */
  readonly before: number | null;
  readonly max: number;
  /** What checks are worth that no run could judge: neither earned nor lost. */
  readonly unjudged: number;
  /** By check; where the late rule applies to the lab, `points` are those before it. */
  readonly checks: readonly CountedCheck[];
  readonly lateSeconds: number;
  readonly lateDaysUsed: number;
  readonly attempts: { readonly used: number; readonly unjudged: number; readonly beyondLimit: number };
  /** Why the points differ from what was earned, one sentence each. */
  readonly why: readonly string[];
}

interface Counting {
  readonly total: number;
  readonly checks: readonly CountedCheck[];
  readonly late: readonly Lateness[];
}

export function applyPolicy(
  policy: Policy,
  { runs, extension, lateDaysUsed = 0, given = [] }: PolicyInput,
): Graded {
  const { counted: inLimit, ...attempts } = countedRuns(runs, policy.attempts.limit);
  const counted = without(inLimit, given);
  const due = dueFor(policy, extension);
  const freeDays = Math.max(0, Math.min(policy.lateDays.perLab, policy.lateDays.budget - lateDaysUsed));
  const lateOf = new Map(counted.map((run) => [run.id, lateness(policy, run.at, due, freeDays)]));
  const inTime = new Map(counted.map((run) => [run.id, { seconds: 0, days: 0, rejected: false }]));
  const count = policy.appliesTo === 'check' ? byCheck : byLab;
  const after = together(count(policy, counted, lateOf), given);
  const before = together(count(policy, counted, inTime), given);
  const max = maxOf([...without(runs, given), { checks: given }]);
  const unjudged = after.checks
    .filter((check) => check.points === null)
    .reduce((sum, check) => sum + check.max, 0);
  const nothing = after.checks.every((check) => check.points === null);
  const round = (points: number) => (nothing ? null : rounded(points, max, policy.rounding));
  const before0 = new Map(before.checks.map((check) => [check.id, check.points]));
  const graded = {
    points: round(after.total),
    before: round(before.total),
    max,
    unjudged,
    checks: after.checks.map((check) => ({ ...check, before: before0.get(check.id) ?? null })),
    lateSeconds: Math.max(0, ...after.late.map(({ seconds }) => seconds)),
    lateDaysUsed: Math.max(0, ...after.late.map(({ days }) => days)),
    attempts,
  };
  return { ...graded, why: reasons(policy, graded) };
}

/** Runs that count, in order of time: those within the limit. One in which something could not be judged is no attempt. */
function countedRuns(runs: readonly GradedRun[], limit: number) {
  const ordered = [...runs].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const counted: GradedRun[] = [];
  let used = 0;
  let unjudged = 0;
  for (const run of ordered) {
    if (used >= limit) break;
    counted.push(run);
    if (run.checks.every(({ judged }) => judged)) used += 1;
    else unjudged += 1;
  }
  return { counted, used, unjudged, beyondLimit: runs.length - counted.length };
}

/** Every check counts by itself: at its best, or as it was last judged, but as late only as it was first so good. */
function byCheck(
  policy: Policy,
  runs: readonly GradedRun[],
  lateOf: ReadonlyMap<string, Lateness>,
): Counting {
  const late: Lateness[] = [];
  const checks = checkIds(runs).map(({ id, max }): CountedCheck => {
    const judged = runs.flatMap((run) =>
      run.checks.filter((check) => check.id === id && check.judged).map(({ points }) => ({ run, points })),
    );
    const last = judged.at(-1);
    if (last === undefined) return { id, max, points: null, before: null, lateSeconds: 0 };
    const most = policy.attempts.counts === 'best' ? Number.POSITIVE_INFINITY : last.points;
    let best = { points: 0, run: undefined as string | undefined, late: undefined as Lateness | undefined };
    for (const { run, points } of judged) {
      const how = lateOf.get(run.id);
      if (how === undefined) continue;
      const left = afterLateness(policy, how, Math.min(points, most), max);
      if (left > best.points) best = { points: left, run: run.id, late: how };
    }
    if (best.late) late.push(best.late);
    return {
      id,
      max,
      points: best.points,
      before: null,
      ...(best.run !== undefined && { run: best.run }),
      lateSeconds: best.late?.seconds ?? 0,
    };
  });
  return { checks, late, total: checks.reduce((sum, { points }) => sum + (points ?? 0), 0) };
}

/** A run counts as a whole: the best after the late rule, or the last. What it could not judge stands as before it. */
function byLab(policy: Policy, runs: readonly GradedRun[], lateOf: ReadonlyMap<string, Lateness>): Counting {
  const known = new Map<string, number>();
  const ids = checkIds(runs);
  let best: Counting = {
    total: 0,
    late: [],
    checks: ids.map(({ id, max }) => ({ id, max, points: null, before: null, lateSeconds: 0 })),
  };
  let bestYet = -1;
  for (const run of runs) {
    for (const check of run.checks) if (check.judged) known.set(check.id, check.points);
    const earned = [...known.values()].reduce((sum, points) => sum + points, 0);
    const how = lateOf.get(run.id) ?? { seconds: 0, days: 0, rejected: false };
    const total = afterLateness(
      policy,
      how,
      earned,
      ids.reduce((sum, { max }) => sum + max, 0),
    );
    if (known.size === 0 || (policy.attempts.counts === 'best' && total <= bestYet)) continue;
    bestYet = total;
    best = {
      total,
      late: [how],
      checks: ids.map(({ id, max }) => ({
        id,
        max,
        points: known.get(id) ?? null,
        before: null,
        ...(known.has(id) && { run: run.id }),
        lateSeconds: how.seconds,
      })),
    };
  }
  return best;
}

function without(runs: readonly GradedRun[], given: readonly GivenCheck[]): readonly GradedRun[] {
  if (given.length === 0) return runs;
  const ids = new Set(given.map(({ id }) => id));
  return runs.map((run) => ({ ...run, checks: run.checks.filter(({ id }) => !ids.has(id)) }));
}

function together({ total, checks, late }: Counting, given: readonly GivenCheck[]): Counting {
  return {
    total: given.reduce((sum, { points }) => sum + points, total),
    checks: [...checks, ...given.map((one) => ({ ...one, before: null, lateSeconds: 0 }))],
    late,
  };
}

function checkIds(
  runs: readonly { readonly checks: readonly { id: string; max: number }[] }[],
): { id: string; max: number }[] {
  const ids = new Map<string, number>();
  for (const { checks } of runs)
    for (const { id, max } of checks) ids.set(id, Math.max(max, ids.get(id) ?? 0));
  return [...ids].map(([id, max]) => ({ id, max }));
}

function maxOf(runs: Parameters<typeof checkIds>[0]): number {
  return checkIds(runs).reduce((sum, { max }) => sum + max, 0);
}

function rounded(points: number, max: number, { to, mode }: Policy['rounding']): number {
  // Sums of fractions are a hair off; nobody should lose a step by that.
  const steps = Number((points / to).toFixed(6));
  const whole = mode === 'up' ? Math.ceil(steps) : mode === 'down' ? Math.floor(steps) : Math.round(steps);
  return Math.min(max, Math.max(0, Number((whole * to).toFixed(6))));
}

function reasons(policy: Policy, graded: Omit<Graded, 'why'>): string[] {
  const why: string[] = [];
  const { points, before, unjudged, attempts } = graded;
  if (points !== null && before !== null && points < before) {
    const checks =
      policy.appliesTo === 'check'
        ? graded.checks.filter((one) => (one.points ?? 0) < (one.before ?? 0)).length
        : 0;
    const what = checks > 0 ? `${checks} of ${graded.checks.length} checks passed late` : 'The work was late';
    const by = graded.lateSeconds > 0 ? ` (by up to ${span(graded.lateSeconds)})` : '';
    why.push(`${what}${by}: ${points} instead of ${before} points.`);
  }
  if (graded.lateDaysUsed > 0)
    why.push(`${graded.lateDaysUsed} late ${graded.lateDaysUsed === 1 ? 'day was' : 'days were'} used.`);
  if (unjudged > 0)
    why.push(`Checks worth ${unjudged} points could not be judged; they are neither earned nor lost.`);
  if (attempts.beyondLimit > 0)
    why.push(
      `${attempts.beyondLimit} later ${attempts.beyondLimit === 1 ? 'run is' : 'runs are'} beyond the limit of ${policy.attempts.limit} attempts.`,
    );
  return why;
}

/** `2 d 3 h`, `3 h 5 min`, `5 min` */
function span(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [days && `${days} d`, hours && `${hours} h`, days === 0 && rest && `${rest} min`];
  return parts.filter((part) => typeof part === 'string').join(' ');
}
