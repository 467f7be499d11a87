/** The score by stage. */
import type { Result } from '../../runner/result.ts';
import { percent, pointsText, type VerdictView, verdictView } from './verdict.ts';

interface ScoreRow {
  readonly title: string;
  readonly verdict: VerdictView;
  readonly points: string;
  readonly max: string;
  readonly percent: number;
  /** The anchor of the section that tells of the stage. */
  readonly anchor: string;
}

export interface ScoreboardView {
  readonly rows: readonly ScoreRow[];
  readonly points: string;
  readonly max: string;
  readonly percent: number;
}

/** `anchorOf` gives the anchor of a section's heading. */
export function scoreboardView(result: Result, anchorOf: (heading: string) => string): ScoreboardView {
  const { points, max } = result.score;
  return {
    rows: result.stages.map((stage) => ({
      title: stage.title,
      verdict: verdictView(stage.verdict),
      points: pointsText(stage.points),
      max: pointsText(stage.max),
      percent: percent(stage.points, stage.max),
      anchor: anchorOf(stage.section),
    })),
    points: pointsText(points),
    max: pointsText(max),
    percent: percent(points, max),
  };
}
