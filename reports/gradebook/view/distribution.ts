import type { ClassLearner } from '../../../runner/class-result.ts';
import { count } from '../../plain-text.ts';

interface BarView {
  readonly label: string;
  readonly count: number;
  /** Per cent of the tallest. */
  readonly height: number;
  readonly x: number;
  readonly labelX: number;
  readonly y: number;
  readonly countY: number;
  readonly kind: 'scored' | 'full' | 'open';
}

export interface DistributionView {
  readonly bars: readonly BarView[];
  /** The figure in words. */
  readonly told: string;
}

/** Learners by tenths of the points, full marks by themselves, and apart from them those who were not judged. */
export function distributionView(learners: readonly ClassLearner[], max: number): DistributionView {
  const tenths = Array.from({ length: 11 }, () => 0);
  let open = 0;
  for (const { points } of learners) {
    if (points === null) open += 1;
    else {
      const at = max <= 0 ? 0 : Math.min(10, Math.max(0, Math.floor((points / max) * 10)));
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
  }
  const labels = tenths.map((_, at) => (at === 10 ? '100 %' : `${at * 10}–${at * 10 + 9}`));
  const most = Math.max(1, open, ...tenths);
  const bar = (label: string, many: number, at: number, kind: BarView['kind']): BarView => {
    const height = Math.round((many / most) * 1000) / 10;
    const x = at * 50 + 6;
    return { label, count: many, height, x, labelX: x + 19, y: 120 - height, countY: 114 - height, kind };
  };
  const bars = tenths.map((many, at) => bar(labels[at] ?? '', many, at, at === 10 ? 'full' : 'scored'));
  const all = [...bars, bar('not judged', open, 11.3, 'open')];
  const told = all
    .filter((one) => one.count > 0)
    .map((one) => `${one.label}: ${count(one.count, 'learner')}`);
  return { bars: all, told: `Learners by per cent of the points. ${told.join(', ')}.` };
}
