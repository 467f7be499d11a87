import { expect } from 'chai';
import { parsePolicy, policyWithFlags } from '../../../runner/grading-policy/load-policy.ts';
import { LabProblems } from '../../../runner/lab/problem.ts';

const problemsOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof LabProblems) return error.message;
    throw error;
  }
  return '';
};

describe('reading a grading policy', () => {
  it('is the mildest where nothing is said', () => {
    expect(parsePolicy('p.yaml', '{}')).to.deep.equal({
      timeZone: 'UTC',
      late: { share: 0, of: 'max', compound: false, cap: 1 },
      graceSeconds: 0,
      appliesTo: 'check',
      lateDays: { budget: 0, perLab: 0 },
      attempts: { limit: Number.POSITIVE_INFINITY, counts: 'best' },
      rounding: { to: 0.01, mode: 'nearest' },
    });
  });

  it('names every problem with its place', () => {
    const text = problemsOf(() =>
      parsePolicy(
        'p.yaml',
        'late: 10 per cent\ngrace: soon\ncap: 120\ntime-zone: Mars\nattempts: { limit: 0 }\nlate_days: 3\n',
      ),
    );
    for (const part of [
      /p\.yaml:1:7 .*must be none, refuse, or a percentage/,
      /p\.yaml:2:8 .*must be a duration as 45m/,
      /p\.yaml:3:6/,
      /p\.yaml:4:12 .*must be a time zone/,
      /p\.yaml:5:/,
      /p\.yaml:6:1 /,
    ]) {
      expect(text).to.match(part);
    }
  });

  it('refuses what would mean nothing', () => {
    expect(problemsOf(() => parsePolicy('p.yaml', 'late: 10%/day'))).to.match(
      /p\.yaml:1:\d+ Nothing can be late without `due`/,
    );
    expect(problemsOf(() => parsePolicy('p.yaml', 'due: 1/2/2026'))).to.match(/read in two ways/);
    expect(problemsOf(() => parsePolicy('p.yaml', 'due: 2026-01-01\nlate: 5%/day\ncompound: true'))).to.match(
      /of: earned/,
    );
  });

  it('lets flags override the file, field by field', () => {
    const file = { name: 'p.yaml', text: 'late: 10%/day\nattempts: { limit: 3, counts: last }\n' };
    const policy = policyWithFlags({ due: '2026-12-01T18:00Z', 'attempts.limit': '5', cap: '40' }, file);
    expect(policy.due).to.equal(Date.UTC(2026, 11, 1, 18));
    expect(policy.attempts).to.deep.equal({ limit: 5, counts: 'last' });
    expect(policy.late).to.deep.equal({
      share: 0.1,
      perSeconds: 86_400,
      of: 'max',
      compound: false,
      cap: 0.4,
    });
    expect(problemsOf(() => policyWithFlags({ 'attempts.limit': 'many' }, file))).to.match(
      /attempts\.limit: /,
    );
    expect(problemsOf(() => policyWithFlags({ colour: 'red' }))).to.match(/colour/);
  });
});
