import type { Lab } from './lab.ts';
import type { Question } from './schema.ts';

/** A question and where its answer stands. */
export interface PlacedQuestion extends Question {
  readonly section: string;
  /** Id of its stage; absent for questions about the whole lab. */
  readonly stage?: string;
}

/** All questions in the order in which they are asked: about the whole lab, then stage by stage. */
export function questionsOf(lab: Lab): PlacedQuestion[] {
  return [
    ...lab.questions,
    ...lab.stages.flatMap(({ id, section, questions }) =>
      questions.map((question) => ({ ...question, section, stage: id })),
    ),
  ];
}
