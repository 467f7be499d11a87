/** Everything that the templates of the lab's page show. */
import type { LabPage, PageCheck, PageQuestion, PageRun, PageTrouble } from '../lab-page-content.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { type FeedbackView, feedbackView } from './feedback.ts';
import { type FindingView, findingView } from './finding.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { percent, pointsText, type VerdictView, verdictView } from './verdict.ts';

interface QuestionView {
  readonly id: string;
  readonly prompt: string;
  readonly answer: string;
  readonly answered: boolean;
  readonly feedback: FeedbackView | undefined;
}

interface CheckView {
  readonly title: string;
  readonly max: string;
  readonly running: boolean;
  readonly finding: FindingView | undefined;
}

interface StageView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly verdict: VerdictView | undefined;
  readonly running: boolean;
  readonly points: string;
  readonly max: string;
  /** Markdown. */
  readonly guide: string;
  readonly checks: readonly CheckView[];
  readonly questions: readonly QuestionView[];
  /** The stage after it, or else the questions about the whole lab. */
  readonly onward: { readonly anchor: string; readonly title: string };
}

export interface LabPageView {
  /** Of the lab. */
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly about: string;
  readonly project: string | undefined;
  /** Markdown. */
  readonly costs: string | undefined;
  readonly names: LabPage['guide']['names'];
  readonly points: string;
  readonly max: string;
  readonly percent: number;
  readonly stages: readonly StageView[];
  readonly questions: readonly QuestionView[];
  /** Of those about the whole lab. */
  readonly openQuestions: number;
  readonly account: { readonly words: string; readonly isSandbox: boolean; readonly isOurs: boolean };
  readonly terminals: LabPage['account']['terminals'];
  readonly run: RunView | undefined;
  readonly troubles: readonly PageTrouble[];
  readonly next: NextStep;
  readonly showsCalls: boolean;
}

interface RunView {
  readonly words: string;
  readonly settled: number;
  readonly total: number;
  readonly asksFor: string | undefined;
  readonly account: string;
}

/** One part of the page that changes by itself: the partial that shows it, and what it shows. */
export interface Fragment {
  readonly name: string;
  readonly partial: string;
  readonly view: object;
}

/** Turns a page, its text already cleaned, into what the templates need. */
export function labPageView(page: LabPage): LabPageView {
  const { guide, account, run, score } = page;
  const titles = [...page.stages.slice(1).map(({ id, title }) => ({ anchor: `stage-${id}`, title }))];
  const questions = page.questions.map(questionView);
  return {
    id: guide.lab.id,
    title: guide.lab.title,
    about: guide.lab.about,
    project: guide.lab.project !== undefined && isSafeLink(guide.lab.project) ? guide.lab.project : undefined,
    costs: guide.lab.costs,
    names: guide.names,
    points: pointsText(score.points),
    max: pointsText(score.max),
    percent: percent(score.points, score.max),
    stages: page.stages.map((stage, index) => ({
      id: stage.id,
      number: index + 1,
      title: stage.title,
      verdict: stage.verdict && verdictView(stage.verdict),
      running: stage.checks.some(({ running }) => running),
      points: pointsText(stage.points),
      max: pointsText(stage.max),
      guide: guide.stages[index]?.guide ?? '',
      checks: stage.checks.map(checkView),
      questions: stage.questions.map(questionView),
      onward: titles[index] ?? { anchor: 'whole', title: 'The project as a whole' },
    })),
    questions,
    openQuestions: questions.filter(({ answered }) => !answered).length,
    account: {
      words: [
        account.kind === 'sandbox' ? 'Sandbox' : 'AWS',
        account.id && `account ${account.id}`,
        account.region,
      ]
        .filter(Boolean)
        .join(' · '),
      isSandbox: account.kind === 'sandbox',
      isOurs: account.isOurs,
    },
    terminals: account.terminals,
    run: run && runView(run, account.id),
    troubles: page.troubles,
    next: nextStep(page),
    showsCalls: page.showsCalls,
  };
}

/** The parts that change while somebody works. */
export function fragmentsOf(view: LabPageView): Fragment[] {
  const questions = [...view.stages.flatMap((stage) => stage.questions), ...view.questions];
  return [
    { name: 'score', partial: 'lab-score', view },
    { name: 'account', partial: 'lab-account', view },
    { name: 'troubles', partial: 'lab-troubles', view },
    { name: 'run', partial: 'lab-run', view },
    { name: 'stages', partial: 'lab-stages', view },
    { name: 'next', partial: 'lab-next', view },
    ...view.stages.flatMap((stage) => [
      { name: `guide-${stage.id}`, partial: 'lab-guide', view: stage },
      { name: `findings-${stage.id}`, partial: 'lab-findings', view: stage },
    ]),
    ...questions.map((question) => ({
      name: `feedback-${question.id}`,
      partial: 'lab-feedback',
      view: question,
    })),
  ];
}

function checkView({ title, max, running, finding }: PageCheck): CheckView {
  return { title, max: pointsText(max), running, finding: finding && findingView(finding) };
}

function questionView({ id, prompt, answer, feedback }: PageQuestion): QuestionView {
  const answered = feedback.state !== 'unanswered';
  return { id, prompt, answer, answered, feedback: feedbackView(feedback) };
}

function runView({ phase, stages, settled, total, asksFor }: PageRun, account = ''): RunView {
  const what = stages.length === 0 ? 'the whole lab' : stages.join(', ');
  const words = {
    waiting: 'Waiting for another check in this folder to end.',
    checking: `Checking ${what}.`,
    stopping: 'Stopping; what was made for the check is deleted first.',
  };
  return { words: words[phase], settled, total, asksFor, account };
}
