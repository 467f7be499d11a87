/** The texts of a lab that a learner reads, with their places in the file. */
import type { LabFile, Question } from '../lab/schema.ts';
import type { Path } from '../lab/yaml-file.ts';

export interface LabText {
  readonly path: Path;
  readonly text: string;
}

/** Texts in which `${name}` becomes the learner's own name before anybody reads them. */
export function namingTextsOf(lab: LabFile): LabText[] {
  const texts: LabText[] = lab.costs === undefined ? [] : [{ path: ['costs'], text: lab.costs }];
  for (const [at, { title, guide, checks }] of lab.stages.entries()) {
    texts.push(
      { path: ['stages', at, 'title'], text: title },
      { path: ['stages', at, 'guide'], text: guide },
    );
    for (const [index, { hint }] of checks.entries())
      texts.push({ path: ['stages', at, 'checks', index, 'hint'], text: hint });
  }
  return texts;
}

/** All Markdown of the lab. */
export function markdownOf(lab: LabFile): LabText[] {
  return [
    { path: ['about'], text: lab.about },
    ...namingTextsOf(lab),
    ...questionsOf(lab).flatMap(({ question, path }) => [
      { path: [...path, 'prompt'], text: question.prompt },
      ...(question.expects?.concepts ?? []).map(({ missing }, at) => ({
        path: [...path, 'expects', 'concepts', at, 'missing'],
        text: missing,
      })),
      ...(question.expects?.misconceptions ?? []).map(({ correction }, at) => ({
        path: [...path, 'expects', 'misconceptions', at, 'correction'],
        text: correction,
      })),
    ]),
  ];
}

/** All questions with their places. */
export function questionsOf({ questions, stages }: LabFile): { question: Question; path: Path }[] {
  return [
    ...questions.map((question, at) => ({ question, path: ['questions', at] })),
    ...stages.flatMap((stage, at) =>
      stage.questions.map((question, index) => ({ question, path: ['stages', at, 'questions', index] })),
    ),
  ];
}
