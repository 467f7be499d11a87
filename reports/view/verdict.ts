/** Verdicts and points in the reader's words. */
import type { Verdict } from '../../runner/result.ts';

export interface VerdictView {
  readonly verdict: Verdict;
  /** Always shown: a verdict is never told by colour or shape alone. */
  readonly word: string;
  /** A character with a shape of its own, for formats without drawings. */
  readonly mark: string;
}

const views: Readonly<Record<Verdict, VerdictView>> = {
  pass: { verdict: 'pass', word: 'pass', mark: '✓' },
  fail: { verdict: 'fail', word: 'fail', mark: '✗' },
  error: { verdict: 'error', word: 'could not be judged', mark: '?' },
  skip: { verdict: 'skip', word: 'waits', mark: '○' },
};

export function verdictView(verdict: Verdict): VerdictView {
  return views[verdict];
}

/** Points with at most two decimals: `7.5`. */
export function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}

/** The share of points as a whole per cent, 0 to 100; full marks alone are 100. */
export function percent(points: number, max: number): number {
  if (max <= 0) return 0;
  const share = Math.min(100, Math.max(0, (points / max) * 100));
  return share < 100 ? Math.floor(share) : 100;
}
