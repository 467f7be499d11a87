/** Everything that the guide's template shows. */
import type { Guide, GuideCheck, GuideQuestion, GuideStage } from '../guide-content.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { type TimeView, timeView } from '../time.ts';
import { pointsText, type VerdictView, verdictView } from './verdict.ts';

export interface GuideView {
  readonly title: string;
  /** Markdown. */
  readonly about: string;
  readonly project: string | undefined;
  /** Markdown. */
  readonly costs: string | undefined;
  readonly cleanUp: GuideStageView | undefined;
  readonly names: Guide['names'];
  readonly checked: TimeView | undefined;
  readonly points: string;
  readonly max: string;
  readonly stages: readonly GuideStageView[];
  readonly questions: readonly GuideQuestion[];
}

interface GuideStageView {
  readonly anchor: string;
  readonly number: number;
  readonly title: string;
  readonly here: boolean;
  readonly verdict: VerdictView | undefined;
  readonly max: string;
  /** Markdown. */
  readonly guide: string;
  readonly checks: readonly {
    readonly title: string;
    readonly max: string;
    readonly verdict: VerdictView | undefined;
  }[];
  readonly questions: readonly GuideQuestion[];
}

/** Turns a guide, its text already cleaned, into what the template needs. */
export function guideView({ lab, stages, ...guide }: Guide): GuideView {
  const views = stages.map((stage, index) => stageView(stage, index + 1, stage.id === guide.stage));
  const cleanUp = stages.findIndex(({ id }) => id === guide.cleanUp);
  return {
    title: lab.title,
    about: lab.about,
    project: lab.project !== undefined && isSafeLink(lab.project) ? lab.project : undefined,
    costs: lab.costs,
    cleanUp: views[cleanUp],
    names: guide.names,
    checked: guide.checkedAt === undefined ? undefined : timeView(guide.checkedAt),
    points: pointsText(guide.score.points),
    max: pointsText(guide.score.max),
    stages: views,
    questions: guide.questions,
  };
}

function stageView(stage: GuideStage, number: number, here: boolean): GuideStageView {
  return {
    anchor: `stage-${number}`,
    number,
    title: stage.title,
    here,
    verdict: verdictOf(stage),
    max: pointsText(stage.max),
    guide: stage.guide,
    checks: stage.checks.map((check) => ({
      title: check.title,
      max: pointsText(check.max),
      verdict: verdictOf(check),
    })),
    questions: stage.questions,
  };
}

function verdictOf({ verdict }: GuideStage | GuideCheck): VerdictView | undefined {
  return verdict && verdictView(verdict);
}
