import { expect } from 'chai';
import { firstWaitMs, nextWaitMs, type Seen, seenIn } from '../../../cli/watch/pace.ts';
import type { CheckResult } from '../../../runner/result.ts';

const waits = (...seen: Seen[]) => {
  let wait: number | undefined;
  return seen.map((one) => {
    wait = nextWaitMs(wait, one);
    return wait / 1000;
  });
};

const finding = (verdict: string, error?: { code: string; status?: number }) =>
  ({ verdict, message: 'So.', evidence: error ? [{ error }] : [] }) as unknown as CheckResult;

describe('the pace of a watch', () => {
  it('doubles to a minute while nothing changes, and begins again with a change', () => {
    const still = Array.from({ length: 6 }, (): Seen => 'unchanged');
    expect(waits('changed', ...still)).to.deep.equal([5, 10, 20, 40, 60, 60, 60]);
    expect(waits('changed', 'unchanged', 'unchanged', 'changed', 'unchanged')).to.deep.equal([
      5, 10, 20, 5, 10,
    ]);
  });

  it('begins again when it was asked for', () => {
    expect(nextWaitMs(undefined, 'unchanged')).to.equal(firstWaitMs);
  });

  it('leaves AWS alone for minutes when it throttles or does not answer', () => {
    expect(waits('changed', 'trouble', 'trouble', 'trouble', 'trouble')).to.deep.equal([
      5, 60, 120, 240, 300,
    ]);
  });

  const cases: readonly (readonly [string, CheckResult, Seen])[] = [
    ['the same', finding('pass'), 'unchanged'],
    ['another verdict', finding('fail'), 'changed'],
    ['throttled', finding('error', { code: 'ThrottlingException', status: 400 }), 'trouble'],
    ['not answered', finding('error', { code: 'ECONNREFUSED' }), 'trouble'],
    ['failed at AWS', finding('error', { code: 'InternalFailure', status: 500 }), 'trouble'],
    ['not permitted', finding('error', { code: 'AccessDeniedException', status: 400 }), 'changed'],
  ];
  for (const [about, now, expected] of cases) {
    it(`tells what a check came to: ${about}`, () => {
      expect(seenIn({ findings: new Map([['key/0', now]]) }, new Map([['key/0', finding('pass')]]))).to.equal(
        expected,
      );
    });
  }
});
