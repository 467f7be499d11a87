import { resolve } from 'node:path';
import { picturesOf } from '../../reports/picture.ts';
import { loadOverrides } from '../../runner/overrides/overrides.ts';
import type { AnswerState, Result } from '../../runner/result.ts';
import { standing } from '../../runner/standing.ts';
import { sameWork } from '../../runner/state/attempt.ts';
import { readPictures } from '../inputs/read-pictures.ts';
import { readTemplates, templateFault } from '../inputs/read-templates.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { stateOf } from '../state.ts';
import { feedbackText } from '../terminal/feedback-text.ts';
import { UserError } from '../user-error.ts';
import { writeReport } from '../write-report.ts';

export interface ReportFlags extends ChecksFlags {
  readonly out?: string;
  readonly author?: string;
  readonly public?: true;
  readonly template?: string;
  readonly overrides?: string;
  readonly color: boolean;
}

/** `labwright report`: the write-up of what was checked. */
export async function report(labName: string, flags: ReportFlags): Promise<void> {
  const { print, note, style, width } = createOutput(!flags.color);
  const { lab } = await findLab(labName, flags);
  const state = stateOf(lab.id);
  const { attempts } = await state.attempts();
  const last = attempts.at(-1);
  if (!last) throw new UserError(`Nothing was checked yet. Run \`labwright check ${labName}\` first.`);
  const answers = await state.answers();
  const result = standing({
    lab,
    last,
    earlier: attempts.slice(0, -1).filter((attempt) => sameWork(attempt, last)),
    answers,
    additions: await state.additions(),
    ...(flags.author && { author: flags.author }),
    ...(flags.overrides !== undefined && { overrides: await loadOverrides(flags.overrides, lab) }),
  });
  const { pictures, problems } = await readPictures(state.path, picturesOf(result));
  const files = await writeReport(result, resolve(flags.out ?? `${lab.id}-report`), {
    pictures,
    isPublic: flags.public,
    templates: flags.template === undefined ? undefined : await readTemplates(flags.template),
  }).catch((error: unknown) => {
    throw templateFault(error, flags.template);
  });
  const notes = [
    ...answerNotes(result, answers, state.answersFile),
    ...additionNotes(result, state.additionsFile),
    ...problems,
    ...(flags.public && pictures.size > 0 ? [pictureWarning(pictures.size)] : []),
  ];
  for (const line of notes) note(`${line}\n`);
  for (const { id, feedback } of result.questions) {
    if (feedback?.override)
      note(`${id}\n${feedbackText({ feedback: { ...feedback, missing: [] }, style, width, indent: 2 })}`);
  }
  print(`${files.join('\n')}\n`);
}

/** What the learner may want to know of the answers: unknown ids, questions still open, and answers to look at again. */
function answerNotes(
  { questions }: Result,
  answers: Readonly<Record<string, string>>,
  file: string,
): string[] {
  const known = questions.map((question) => question.id);
  const unknown = Object.keys(answers).filter((id) => !known.includes(id));
  const open = questions.filter((question) => question.answer === undefined).map((question) => question.id);
  const toLookAt = questions.flatMap(({ id, feedback }) => {
    // What an instructor has judged is told by itself.
    const why = feedback && !feedback.override?.verdict && wordsOf[feedback.state];
    return why ? [`${id} (${why})`] : [];
  });
  return [
    ...unknown.map((id) => `${file}: there is no question "${id}", so this answer is left out.`),
    ...(open.length > 0
      ? [`${some(open.length, 'is', 'are')} not answered yet; answer in ${file}: ${open.join(', ')}.`]
      : []),
    ...(toLookAt.length > 0
      ? [
          `${toLookAt.length} answer${toLookAt.length === 1 ? ' needs' : 's need'} a look: ${toLookAt.join(', ')}. The report says what and why.`,
        ]
      : []),
  ];
}

/** What of `write-up.yaml` stands elsewhere than its author wants, or nowhere. */
function additionNotes({ additions, lab, stages, questions }: Result, file: string): string[] {
  const { sections = [], screenshots = [] } = additions ?? {};
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const headings = [
    ...lab.sections,
    ...stages.map(({ section }) => section),
    ...questions.map(({ section }) => section),
    ...sections.map(({ heading }) => heading),
  ];
  const known = stages.map(({ id }) => id);
  return [
    ...screenshots.flatMap(({ stage, file: picture }) =>
      known.includes(stage)
        ? []
        : `${file}: there is no stage "${stage}", so its screenshot ${picture} is left out. There are: ${known.join(', ')}.`,
    ),
    ...sections.flatMap(({ heading, after }) =>
      after === undefined || headings.some((one) => same(one, after))
        ? []
        : `${file}: there is no heading "${after}", so the section "${heading}" stands at the end.`,
    ),
  ];
}

function pictureWarning(number: number): string {
  const [pictures, them] =
    number === 1 ? ['1 picture of yours', 'it'] : [`${number} pictures of yours`, 'them'];
  return `The write-up shows ${pictures}. What is written in ${them} cannot be hidden: look at ${them} before you publish.`;
}

function some(number: number, is: string, are: string): string {
  return number === 1 ? `1 question ${is}` : `${number} questions ${are}`;
}

/** Why an answer needs a look, by its state; states that are missing here need none. */
const wordsOf: Partial<Record<AnswerState, string>> = {
  misconception: 'something in it is not so',
  stub: 'only begun',
  'cut-off': 'a sentence is not finished',
  thin: 'very short',
  incomplete: 'something is missing',
};
