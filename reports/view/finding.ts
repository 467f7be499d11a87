/** A finding: what was asked, what was seen, and what to do about it. */
import type { CheckResult, StageResult } from '../../runner/result.ts';
import { timeView } from '../time.ts';
import { type ExplanationView, explanationView } from './explanation.ts';
import { type ShownValue, shownValue } from './shown-value.ts';
import { pointsText, type VerdictView, verdictView } from './verdict.ts';

export interface FindingView {
  readonly title: string;
  readonly verdict: VerdictView;
  readonly message: string;
  readonly points: string;
  readonly max: string;
  /** Undefined when the check compared nothing. */
  readonly comparison:
    | { readonly expected: ShownValue; readonly actual: ShownValue; readonly equal: boolean }
    | undefined;
  /** Markdown. */
  readonly hint: string | undefined;
  /** Of access that is not as the lab wants it. */
  readonly explanation: ExplanationView | undefined;
  /** What this run saw where an earlier attempt's pass stands. */
  readonly stands: { readonly seen: string; readonly now: string } | undefined;
}

export interface StageView {
  readonly title: string;
  readonly verdict: VerdictView;
  readonly points: string;
  readonly max: string;
  readonly findings: readonly FindingView[];
}

export function stageView(stage: StageResult): StageView {
  return {
    title: stage.title,
    verdict: verdictView(stage.verdict),
    points: pointsText(stage.points),
    max: pointsText(stage.max),
    findings: stage.checks.map(findingView),
  };
}

export function findingView(check: CheckResult): FindingView {
  return {
    title: check.title,
    verdict: verdictView(check.verdict),
    message: check.message,
    points: pointsText(check.points),
    max: pointsText(check.max),
    comparison: comparisonOf(check),
    hint: check.verdict === 'pass' ? undefined : check.hint,
    explanation:
      check.verdict === 'pass' || !check.explanation ? undefined : explanationView(check.explanation),
    stands: check.standsFrom && { seen: timeView(check.standsFrom.attempt).text, now: check.standsFrom.now },
  };
}

function comparisonOf({ expected, actual }: CheckResult): FindingView['comparison'] {
  if (expected === undefined || actual === undefined) return undefined;
  return {
    expected: shownValue(expected),
    actual: shownValue(actual),
    equal: JSON.stringify(expected) === JSON.stringify(actual),
  };
}
