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
  readonly answers: readonly AnswerView[];
  readonly stages: readonly StageView[];
  readonly figures: SectionFigures;
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

/** The sections that have anything to tell. */
export function sectionViews(
  result: Result,
  figuresOf: (stageIds: readonly string[]) => SectionFigures,
): SectionView[] {
  const headings = headingsOf(result);
  const anchorOf = anchorsOf(headings);
  return headings
    .map((heading): SectionView => {
      const isHere = ({ section }: { section: string }) => sameness(section) === sameness(heading);
      const stages = result.stages.filter(isHere);
      return {
        heading,
        anchor: anchorOf(heading),
        about: sameness(heading) === sameness(introduction) ? result.lab.about : undefined,
        answers: result.questions.filter(isHere).map(({ prompt, answer, feedback }) => ({
          prompt,
          answer: answer?.trim() ? answer : undefined,
          feedback: feedback && feedbackView(feedback),
        })),
        stages: stages.map(stageView),
        figures: figuresOf(stages.map(({ id }) => id)),
      };
    })
    .filter(({ about, answers, stages }) => about !== undefined || answers.length + stages.length > 0);
}

function sameness(heading: string): string {
  return heading.trim().toLowerCase();
}
