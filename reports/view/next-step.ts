/** The one next thing to do in a lab. */
import type { LabPage } from '../lab-page-content.ts';
import { count } from '../plain-text.ts';

export interface NextStep {
  readonly words: string;
  /** The part of the page where it is done. */
  readonly anchor: string;
  readonly link: string;
  readonly isDone: boolean;
}

export function nextStep({ stages, questions }: Pick<LabPage, 'stages' | 'questions'>): NextStep {
  const at = stages.findIndex(({ verdict }) => verdict !== 'pass');
  const open = stages[at];
  if (open) {
    const lacking = open.checks.find(({ finding }) => finding && finding.verdict !== 'pass')?.finding;
    const words = {
      pass: '',
      fail: `Something is still missing: ${lowerFirst(lacking?.title ?? 'a check does not pass')}.`,
      error: 'It could not be judged, which costs nothing. Its findings say what to do.',
      skip: 'Do what its guide says, then check it.',
    };
    return {
      words: open.verdict ? words[open.verdict] : words.skip,
      anchor: `stage-${open.id}`,
      link: `Stage ${at + 1}, ${open.title}`,
      isDone: false,
    };
  }
  const places = [
    ...stages.flatMap((stage) =>
      stage.questions.map((question) => ({ question, anchor: `stage-${stage.id}` })),
    ),
    ...questions.map((question) => ({ question, anchor: 'whole' })),
  ];
  const unanswered = places.filter(({ question }) => question.feedback.state === 'unanswered');
  const [first] = unanswered;
  if (first) {
    return {
      words: `Every stage passed, and ${count(unanswered.length, 'question is', 'questions are')} still open.`,
      anchor: first.anchor,
      link: 'Your answers',
      isDone: false,
    };
  }
  return {
    words: 'Every stage passed and every question is answered. Save it, and publish it.',
    anchor: 'beside',
    link: 'Your write-up',
    isDone: true,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
