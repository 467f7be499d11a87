import { expect } from 'chai';
import fc from 'fast-check';
import { applyPolicy, type GradedRun } from '../../../runner/grading-policy/apply-policy.ts';
import {
  type PolicyFile,
  policyFault,
  policySchema,
  toPolicy,
} from '../../../runner/grading-policy/policy.ts';

const due = Date.UTC(2026, 11, 1, 18);
const hour = 3_600_000;
const file = fc
  .record({
    due: fc.constant('2026-12-01T18:00Z'),
    late: fc.constantFrom('none', 'refuse', '20%', '100%', '10%/day', '37.5%/day', '1%/hour'),
    of: fc.constantFrom('max', 'earned'),
    compound: fc.boolean(),
    cap: fc.constantFrom(0, 30, 100),
    grace: fc.constantFrom('0m', '15m', '30h'),
    'applies-to': fc.constantFrom('check', 'lab'),
    'late-days': fc.constantFrom(undefined, { budget: 3, 'per-lab': 1 }, { budget: 2 }),
    'reject-after': fc.constantFrom(undefined, '1h', '3d'),
    attempts: fc.record({ limit: fc.constantFrom(undefined, 1, 3), counts: fc.constantFrom('best', 'last') }),
    rounding: fc.record({
      to: fc.constantFrom(0.01, 0.5, 1, 7),
      mode: fc.constantFrom('nearest', 'up', 'down'),
    }),
  })
  .map((one) => policySchema.parse(JSON.parse(JSON.stringify(one))))
  .filter((one) => policyFault(one) === undefined);
const policy = file.map(toPolicy);
const maxima = [10, 5, 0, 7.5];
const run = fc.record({
  hours: fc.integer({ min: -48, max: 200 }),
  minutes: fc.constantFrom(0, 1, 15, 16, 59),
  checks: fc.tuple(
    ...maxima.map((max, index) =>
      fc.record({
        id: fc.constant(`check-${index}`),
        judged: fc.boolean(),
        points: fc.constantFrom(0, max / 2, max),
        max: fc.constant(max),
      }),
    ),
  ),
});
const runs = fc.array(run, { maxLength: 6 }).map((list): GradedRun[] =>
  list.map(({ hours, minutes, checks }, index) => ({
    id: `run-${index}`,
    at: due + hours * hour + minutes * 60_000,
    checks,
  })),
);
const extension = fc.oneof(
  fc.integer({ min: 1, max: 400_000 }).map((seconds) => ({ seconds })),
  fc.integer({ min: -100, max: 100 }).map((hours) => ({ until: new Date(due + hours * hour).toISOString() })),
);
const pointsOf = (points: number | null) => points ?? -1;

describe('any grading policy', () => {
  it('stays between nothing and the whole, and never gives more than was earned', () => {
    fc.assert(
      fc.property(policy, runs, (one, list) => {
        const { points, before, max, checks, unjudged } = applyPolicy(one, { runs: list });
        if (points === null || before === null) {
          expect([points, before]).to.deep.equal([null, null]);
          expect(unjudged).to.equal(max);
          return;
        }
        expect(points).to.be.within(0, max);
        expect(points).to.be.at.most(before);
        for (const check of checks) expect(check.points ?? 0).to.be.within(0, check.max);
      }),
      { numRuns: 500 },
    );
  });

  it('never gives more for being later', () => {
    fc.assert(
      fc.property(policy, runs, fc.integer({ min: 1, max: 100_000 }), (one, list, seconds) => {
        const later = list.map((each) => ({ ...each, at: each.at + seconds * 1000 }));
        expect(pointsOf(applyPolicy(one, { runs: later }).points)).to.be.at.most(
          pointsOf(applyPolicy(one, { runs: list }).points),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never harms by an extension', () => {
    fc.assert(
      fc.property(policy, runs, extension, (one, list, more) => {
        expect(pointsOf(applyPolicy(one, { runs: list, extension: more }).points)).to.be.at.least(
          pointsOf(applyPolicy(one, { runs: list }).points),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never harms by a run more, where the best counts and there is no limit', () => {
    fc.assert(
      fc.property(policy, runs, run, (one, list, more) => {
        const open = {
          ...one,
          appliesTo: 'check' as const,
          attempts: { limit: Number.POSITIVE_INFINITY, counts: 'best' as const },
        };
        const added = { id: 'more', at: due + more.hours * hour, checks: more.checks };
        expect(pointsOf(applyPolicy(open, { runs: [...list, added] }).points)).to.be.at.least(
          pointsOf(applyPolicy(open, { runs: list }).points),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order in which runs are given', () => {
    fc.assert(
      fc.property(policy, runs, (one, list) => {
        expect(applyPolicy(one, { runs: [...list].reverse() })).to.deep.include({
          points: applyPolicy(one, { runs: list }).points,
        });
      }),
    );
  });

  it('takes nothing within the grace', () => {
    fc.assert(
      fc.property(file, runs, (one: PolicyFile, list) => {
        const graced = toPolicy({ ...one, grace: 300 * 3600 });
        const { points, before } = applyPolicy(graced, { runs: list });
        expect(points).to.equal(before);
      }),
    );
  });

  it('counts a run that judged nothing neither as zero nor as an attempt', () => {
    fc.assert(
      fc.property(policy, runs, fc.integer({ min: -48, max: 200 }), (one, list, hours) => {
        const blind = {
          id: 'blind',
          at: due + hours * hour,
          checks: maxima.map((max, index) => ({ id: `check-${index}`, judged: false, points: 0, max })),
        };
        const per = { ...one, appliesTo: 'check' as const };
        const whole = list.map((each) => ({
          ...each,
          checks: each.checks.map((check) => ({ ...check, judged: true })),
        }));
        const alone = applyPolicy(per, { runs: whole });
        const withBlind = applyPolicy(per, { runs: [...whole, blind] });
        expect(withBlind.points).to.equal(alone.points);
        expect(withBlind.attempts.used).to.equal(alone.attempts.used);
      }),
    );
  });
});

describe('points that somebody gave', () => {
  const given = fc.subarray(maxima.map((max, index) => ({ id: `check-${index}`, max, points: max / 2 })));

  it('count as they are, whatever was judged of these checks, and leave the others alone', () => {
    fc.assert(
      fc.property(policy, runs, extension, given, (one, list, extended, own) => {
        const exact = { ...one, rounding: { to: 0.01, mode: 'nearest' as const } };
        const ids = new Set(own.map(({ id }) => id));
        // Who has an unlimited number of attempts is judged by the same runs either way.
        const unlimited = { ...exact, attempts: { ...exact.attempts, limit: Number.POSITIVE_INFINITY } };
        const rest = list.map((run) => ({ ...run, checks: run.checks.filter(({ id }) => !ids.has(id)) }));
        const whole = applyPolicy(unlimited, { runs: list, extension: extended, given: own });
        const others = applyPolicy(unlimited, { runs: rest, extension: extended });
        const sum = own.reduce((total, { points }) => total + points, 0);
        if (own.length > 0) expect(whole.points).to.be.closeTo((others.points ?? 0) + sum, 0.011);
        else expect(whole).to.deep.equal(applyPolicy(unlimited, { runs: list, extension: extended }));
        expect(whole.unjudged).to.equal(others.unjudged);
      }),
    );
  });
});
