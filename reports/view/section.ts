/** The write-up's headings in order, each with the learner's answers and the stages it tells of. */
import type { Result } from '../../runner/result.ts';
import { type FeedbackView, feedbackView } from './feedback.ts';
import type { SectionFigures } from './figures.ts';
import { type StageView, stageView } from './finding.ts';

interface AnswerView {
  readonly prompt: string;
  /** Markdown by the learner; undefined when the question is unanswered. */
  readonly answer: string | undefined;
  /** Undefined when there is nothing to say of the answer. */
  readonly feedback: FeedbackView | undefined;
}

export interface SectionView {
  readonly heading: string;
  readonly anchor: string;
  /** Markdown; the lab's own description under the first heading. */
  readonly about: string | undefined;
  /** The learner's own words in a section of their own, Markdown. */
  readonly text: string | undefined;
  readonly answers: readonly AnswerView[];
  readonly stages: readonly StageView[];
  readonly figures: SectionFigures;
  /** The learner's own pictures of its stages. */
  readonly screenshots: readonly ScreenshotView[];
}

interface ScreenshotView {
  /** The path that the learner wrote, for the helper `picture`. */
  readonly file: string;
  /** What there is to see. */
  readonly shows: string;
}

const introduction = "Introducing today's project";
const openingHeadings = [introduction, 'Tools and concepts', 'Project reflection'];

/**
 * The headings: the opening of every write-up, the lab's sections, then whatever a stage or question names beyond
 * them, so that nothing is lost. Headings are the same when they differ in case only.
 */
export function headingsOf(result: Result): string[] {
  const named = [
    ...openingHeadings,
    ...result.lab.sections,
    ...result.stages.map(({ section }) => section),
    ...result.questions.map(({ section }) => section),
  ];
  const headings = new Map(named.map((heading) => [sameness(heading), heading]));
  return [...headings.values()];
}

/** Gives each heading an anchor of its own. */
export function anchorsOf(headings: readonly string[]): (heading: string) => string {
  const numbers = new Map(headings.map((heading, index) => [sameness(heading), index + 1]));
  return (heading) => `section-${numbers.get(sameness(heading)) ?? 0}`;
}

/** What the sections show besides the result. */
export interface SectionSources {
  readonly figuresOf: (stageIds: readonly string[]) => SectionFigures;
  /** Whether there is a picture of this path. */
  readonly hasPicture: (path: string) => boolean;
}

/** The sections that have anything to tell, and those of the learner's own where they want them. */
export function sectionViews(result: Result, { figuresOf, hasPicture }: SectionSources): SectionView[] {
  const headings = headingsOf(result);
  const anchorOf = anchorsOf(headings);
  const { screenshots = [] } = result.additions ?? {};
  const sections = headings
    .map((heading): SectionView => {
      const isHere = ({ section }: { section: string }) => sameness(section) === sameness(heading);
      const stages = result.stages.filter(isHere);
      return {
        heading,
        anchor: anchorOf(heading),
        about: sameness(heading) === sameness(introduction) ? result.lab.about : undefined,
        text: undefined,
        answers: result.questions.filter(isHere).map(({ prompt, answer, feedback }) => ({
          prompt,
          answer: answer?.trim() ? answer : undefined,
          feedback: feedback && feedbackView(feedback),
        })),
        stages: stages.map(stageView),
        figures: figuresOf(stages.map(({ id }) => id)),
        screenshots: screenshots
          .filter(({ stage, file }) => stages.some(({ id }) => id === stage) && hasPicture(file))
          .map(({ file, shows }) => ({ file, shows })),
      };
    })
    .filter(({ about, answers, stages }) => about !== undefined || answers.length + stages.length > 0);
  return withOwnSections(sections, result.additions?.sections ?? [], figuresOf([]));
}

type OwnSection = NonNullable<Result['additions']>['sections'][number];

/** Puts each section after the one that it wants to follow, behind what already follows it; at the end otherwise. */
function withOwnSections(
  sections: readonly SectionView[],
  own: readonly OwnSection[],
  figures: SectionFigures,
): SectionView[] {
  const placed: { readonly view: SectionView; readonly after: string | undefined }[] = sections.map(
    (view) => ({
      view,
      after: undefined,
    }),
  );
  for (const [index, { heading, after, text }] of own.entries()) {
    const anchor = `own-section-${index + 1}`;
    const empty = { about: undefined, answers: [], stages: [], screenshots: [] };
    const view = { heading, anchor, text, figures, ...empty };
    const wanted = after === undefined ? undefined : sameness(after);
    const before = placed.findLastIndex(
      (one) => wanted !== undefined && (sameness(one.view.heading) === wanted || one.after === wanted),
    );
    placed.splice(before === -1 ? placed.length : before + 1, 0, { view, after: wanted });
  }
  return placed.map(({ view }) => view);
}

function sameness(heading: string): string {
  return heading.trim().toLowerCase();
}
