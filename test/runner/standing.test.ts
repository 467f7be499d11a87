import { expect } from 'chai';
import { allSteps } from '../../runner/plan.ts';
import type { CheckResult, Verdict } from '../../runner/result.ts';
import { standing } from '../../runner/standing.ts';
import { type Attempt, sameWork } from '../../runner/state/attempt.ts';
import { firstLab, readLab } from '../support/labs.ts';

const { lab } = await readLab(firstLab);
const params = Object.fromEntries(Object.entries(lab.params).map(([name, param]) => [name, param.default]));

/** An attempt in which the named steps have these verdicts. */
function attempt(
  verdicts: Record<string, Verdict>,
  more: { params?: Record<string, string>; at?: string; chosen?: string[] } = {},
): Attempt {
  const at = more.at ?? '2026-11-22T10:00:00.000Z';
  const used = { ...params, ...more.params };
  const findings = allSteps(lab, used)
    .filter((step) => verdicts[step.id])
    .map((step): [string, CheckResult] => {
      const verdict = verdicts[step.id] ?? 'skip';
      return [
        step.id,
        {
          check: step.check.id,
          title: step.check.title,
          verdict,
          basis: step.check.basis,
          message: `seen at ${at}`,
          points: verdict === 'pass' ? step.entry.points : 0,
          max: step.entry.points,
          durationMs: 1,
          evidence: [],
          with: step.with,
          judgedAt: at,
        },
      ];
    });
  return {
    schema: 'labwright/attempt/v1',
    id: at,
    lab: { id: lab.id, digest: lab.digest },
    account: {
      id: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/a',
      region: 'us-east-1',
      kind: 'sandbox',
    },
    params: used,
    chosen: more.chosen ?? lab.stages.map((stage) => stage.id),
    startedAt: at,
    finishedAt: at,
    findings: Object.fromEntries(findings),
  };
}

/** The passes of what the deny stage refers to. */
const made = { 'key/0': 'pass', 'table/0': 'pass', 'user/0': 'pass' } as const;

/** The deny stage's only check after these attempts. */
function deny(...attempts: Attempt[]): CheckResult {
  const last = attempts.pop() ?? attempt({});
  const check = standing({ lab, last, earlier: attempts }).stages.find((stage) => stage.id === 'deny')
    ?.checks[0];
  if (!check) throw new Error('The lab has no deny stage.');
  return check;
}

const denied = attempt(
  { 'deny/0': 'pass', 'grant/0': 'fail', 'grant/1': 'fail' },
  { at: '2026-11-22T09:00:00.000Z' },
);

describe('where a learner stands', () => {
  it('keeps what was once observed over what a later run could only look up', () => {
    const basis = (one: Attempt, of: CheckResult['basis']): Attempt => {
      const finding = one.findings['deny/0'];
      return finding ? { ...one, findings: { ...one.findings, 'deny/0': { ...finding, basis: of } } } : one;
    };
    const looked = basis(
      attempt({ ...made, 'deny/0': 'pass' }, { at: '2026-11-22T11:00:00.000Z' }),
      'history',
    );
    const observed = basis(
      attempt({ ...made, 'deny/0': 'pass' }, { at: '2026-11-22T10:00:00.000Z' }),
      'observed',
    );
    expect(deny(observed, looked)).to.deep.include({
      basis: 'observed',
      standsFrom: { attempt: observed.finishedAt, now: 'seen at 2026-11-22T11:00:00.000Z' },
    });
    expect(deny(looked, observed)).to.include({
      basis: 'observed',
      message: 'seen at 2026-11-22T10:00:00.000Z',
    });
    expect(deny(looked, observed).standsFrom).to.equal(undefined);
  });

  it('is what the latest attempt saw', () => {
    expect(deny(denied).verdict).to.equal('pass');
    expect(
      deny(denied, attempt({ 'deny/0': 'fail', 'grant/0': 'fail', 'grant/1': 'fail' })).verdict,
    ).to.equal('fail');
  });

  it('keeps a pass that a later stage has undone, and says what is seen now', () => {
    const after = deny(denied, attempt({ 'deny/0': 'fail', 'grant/0': 'pass', 'grant/1': 'pass' }));
    expect(after).to.include({ verdict: 'pass', points: 25 });
    expect(after.standsFrom).to.deep.equal({
      attempt: '2026-11-22T09:00:00.000Z',
      now: 'seen at 2026-11-22T10:00:00.000Z',
    });
  });

  it('also when the stage is asked for alone, by what the same run saw of the other', () => {
    const alone = attempt({ 'deny/0': 'fail', 'grant/0': 'pass', 'grant/1': 'pass' }, { chosen: ['deny'] });
    expect(deny(denied, alone).verdict).to.equal('pass');
  });

  it('does not excuse a new round by what undid an old one', () => {
    const granted = attempt({ 'grant/0': 'pass', 'grant/1': 'pass' });
    const anew = attempt({ 'deny/0': 'fail', 'grant/0': 'fail', 'grant/1': 'fail' });
    expect(deny(denied, granted, anew).verdict).to.equal('fail');
  });

  it('does not carry a pass over to another key behind the same alias', () => {
    const [seen, now] = [
      structuredClone(denied),
      attempt({ ...made, 'deny/0': 'fail', 'grant/0': 'pass', 'grant/1': 'pass' }),
    ];
    for (const [one, key] of [
      [seen, 'arn:old'],
      [now, 'arn:new'],
    ] as const) {
      const finding = one.findings['deny/0'];
      if (finding) finding.with = { ...finding.with, key };
    }
    expect(deny(seen, now).verdict).to.not.equal('pass');
  });

  for (const step of ['key/0', 'table/0', 'user/0']) {
    it(`does not carry a pass over to what was made again under the same name (${step})`, () => {
      const granted = { ...made, 'grant/0': 'pass', 'grant/1': 'pass' } as const;
      const [seen, now] = [attempt({ ...made, 'deny/0': 'pass' }), attempt({ ...granted, 'deny/0': 'fail' })];
      expect(deny(seen, now).verdict, 'without ids').to.equal('pass');
      for (const [one, id] of [
        [seen, 'old'],
        [now, 'new'],
      ] as const) {
        const finding = one.findings[step];
        if (finding) finding.outputs = { id };
      }
      expect(deny(seen, now).verdict).to.equal('error');
      expect(deny(seen, now).points).to.equal(0);
      // What is gone now is nothing else: it may well be what was seen.
      const gone = attempt({ ...granted, [step]: 'fail', 'deny/0': 'error' });
      expect(deny(seen, gone).verdict).to.equal('pass');
    });
  }

  for (const chosen of [['deny'], undefined]) {
    it(`does not judge what was undone before it was ever seen, asked for ${chosen ? 'alone' : 'with all'}`, () => {
      const check = deny(attempt({ 'deny/0': 'fail', 'grant/0': 'pass', 'grant/1': 'pass' }, { chosen }));
      expect(check.verdict).to.equal('error');
      expect(check.message).to.include('Cannot be judged any more').and.to.include('seen at');
      expect(check.hint)
        .to.include(`labwright check ${lab.id} deny --probe history`)
        .and.to.include('undo the stage "grant"')
        .and.to.include(`labwright check ${lab.id} deny --probe key`);
    });
  }

  it('says how to prove what could not be judged while it is undone', () => {
    const unjudged = attempt({ 'deny/0': 'error', 'grant/0': 'pass', 'grant/1': 'pass' });
    expect(deny(unjudged).hint).to.include('--probe history').and.to.include('--probe key');
    expect(deny(attempt({ 'deny/0': 'error', 'grant/0': 'fail', 'grant/1': 'pass' })).hint).to.equal(
      undefined,
    );
  });

  it('says how to prove what needs no trial without a probe', () => {
    const cleaned = attempt({
      'key/0': 'fail',
      'cleanup/0': 'pass',
      'cleanup/1': 'pass',
      'cleanup/2': 'pass',
    });
    const check = standing({ lab, last: cleaned, earlier: [] }).stages[0]?.checks[0];
    expect(check?.verdict).to.equal('error');
    expect(check?.hint).to.match(/^Undo the stage "cleanup", run `labwright check \S+ key`/);
  });

  it('fails where the undoing stage is only half done: its own fail tells why', () => {
    expect(deny(attempt({ 'deny/0': 'fail', 'grant/0': 'fail', 'grant/1': 'pass' })).verdict).to.equal(
      'fail',
    );
  });

  it('keeps the points of an earlier pass when a later run could not judge', () => {
    expect(deny(denied, attempt({ 'deny/0': 'error' }))).to.include({ verdict: 'error', points: 25 });
    expect(deny(attempt({ 'deny/0': 'error' }))).to.include({ verdict: 'error', points: 0 });
  });

  it('does not count what was done under other names, in another Region or account', () => {
    const other = (more: object) => ({ ...denied, ...more });
    expect(sameWork(denied, attempt({}))).to.equal(true);
    expect(sameWork(denied, other({ params: { ...denied.params, table: 'another' } }))).to.equal(false);
    expect(sameWork(denied, other({ account: { ...denied.account, region: 'eu-central-1' } }))).to.equal(
      false,
    );
    expect(sameWork(denied, other({ account: { ...denied.account, id: '999999999999' } }))).to.equal(false);
  });

  describe('of stages that were looked at for the sake of others', () => {
    const verdictOf = (stage: string, ...attempts: Attempt[]) => {
      const last = attempts.pop() ?? attempt({});
      return standing({ lab, last, earlier: attempts }).stages.find(({ id }) => id === stage)?.checks[0];
    };

    it('says nothing while nobody has begun them, but that something passes', () => {
      const seen = attempt({ 'key/0': 'pass', 'table/0': 'pass', 'user/0': 'fail' }, { chosen: ['key'] });
      expect(verdictOf('user', seen)).to.include({ verdict: 'skip', message: 'Not checked yet.' });
      expect(verdictOf('user', seen)).to.not.have.property('judgedAt');
      expect(verdictOf('table', seen)).to.include({ verdict: 'pass', points: 5 });
    });

    it('goes on waiting where it waited for its turn', () => {
      const whole = attempt({ 'data/0': 'fail', 'user/0': 'skip' });
      const inPassing = attempt({ 'user/0': 'fail' }, { chosen: ['table'], at: '2026-11-22T11:00:00.000Z' });
      expect(verdictOf('user', whole, inPassing)).to.include({ verdict: 'skip' });
    });

    it('loses what it had earned when it is seen to be gone', () => {
      const whole = attempt({ 'user/0': 'pass' });
      const inPassing = attempt({ 'user/0': 'fail' }, { chosen: ['table'], at: '2026-11-22T11:00:00.000Z' });
      expect(verdictOf('user', whole, inPassing)).to.include({ verdict: 'fail', points: 0 });
      const waiting = attempt({ 'user/0': 'skip' }, { at: '2026-11-22T10:30:00.000Z' });
      expect(verdictOf('user', whole, waiting, inPassing)).to.include({ verdict: 'fail', points: 0 });
    });
  });

  it('tells of the whole lab, unchecked stages included', () => {
    const result = standing({
      lab,
      last: attempt({ 'key/0': 'pass' }),
      earlier: [],
      answers: { goal: 'To learn.' },
    });
    expect(result.stages.map((stage) => stage.id)).to.deep.equal(lab.stages.map((stage) => stage.id));
    expect(result.score).to.deep.equal({ points: 10, max: 100 });
    expect(result.stages[1]?.verdict).to.equal('skip');
    expect(result.questions.find((question) => question.id === 'goal')?.answer).to.equal('To learn.');
  });
});
