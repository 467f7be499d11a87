import { expect } from 'chai';
import fc from 'fast-check';
import { passesOver, type Told } from '../../runner/passes.ts';
import type { CheckResult, Verdict } from '../../runner/result.ts';

type Seen = Verdict | 'stopped' | 'other pass';
const minute = (at: number) => new Date(Date.UTC(2026, 10, 22, 10, at)).toISOString();

/** One finding a minute, from 10:00 on; "other pass" is of a thing that was replaced since. */
function passes(...seen: Seen[]) {
  const told = seen.map((one, at): Told & { one: Seen } => {
    const verdict = one === 'stopped' ? 'skip' : one === 'other pass' ? 'pass' : one;
    const finding = {
      verdict,
      ...(one === 'stopped' && { stoppedBy: 'key' }),
      ...(one !== 'skip' && { judgedAt: minute(at) }),
    };
    return { one, finding: finding as CheckResult, finishedAt: minute(at) };
  });
  return passesOver(told, ({ one }) => one !== 'other pass');
}

describe('when a check passed', () => {
  const cases: readonly (readonly [string, readonly Seen[], number?, number?])[] = [
    ['never', ['fail', 'error', 'skip']],
    ['once, just now', ['fail', 'pass'], 1, 1],
    ['since the first of a row', ['pass', 'fail', 'pass', 'pass', 'pass'], 2, 4],
    ['last before it failed', ['pass', 'pass', 'fail'], undefined, 1],
    ['last before it was stopped by another fail', ['pass', 'stopped'], undefined, 0],
    ['with what was not judged in between', ['pass', 'error', 'skip', 'pass'], 0, 3],
    ['with a stopped fail in between', ['pass', 'stopped', 'pass'], 2, 2],
    ['last, where it cannot be judged now', ['pass', 'error'], undefined, 0],
    ['since it was made anew', ['other pass', 'pass', 'pass'], 1, 2],
  ];
  for (const [about, seen, since, last] of cases) {
    it(about, () => {
      expect(passes(...seen)).to.deep.equal({
        ...(since !== undefined && { passedSince: minute(since) }),
        ...(last !== undefined && { lastPassedAt: minute(last) }),
      });
    });
  }

  it('the row holds no fail, and begins no later than the last pass', () => {
    const some = fc.array(fc.constantFrom<Seen>('pass', 'fail', 'error', 'skip', 'stopped'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, (seen) => {
        const { passedSince, lastPassedAt } = passes(...seen);
        expect(lastPassedAt !== undefined).to.equal(seen.includes('pass'));
        if (seen.at(-1) !== 'pass') {
          expect(passedSince).to.equal(undefined);
          return;
        }
        const first = seen.findIndex((_, at) => minute(at) === passedSince);
        expect(seen[first]).to.equal('pass');
        const row = seen.slice(first);
        expect(row).to.not.include('fail').and.not.include('stopped');
        expect(lastPassedAt).to.equal(minute(seen.length - 1));
      }),
    );
  });
});
