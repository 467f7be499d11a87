/** The places of a lab's write-up that a heading may mean. */
import { type Lab, sectionsOf } from '../lab/lab.ts';
import type { Question } from '../lab/schema.ts';
import { likeness } from './likeness.ts';

/** A question and where its answer stands. */
export interface PlacedQuestion extends Question {
  readonly section: string;
  /** Id of its stage; absent for questions about the whole lab. */
  readonly stage?: string;
}

export interface Place {
  /** The lab's own heading. */
  readonly section: string;
  /** Whose answers may stand there. */
  readonly questions: readonly PlacedQuestion[];
  /** Set when a single question was meant. */
  readonly question?: string;
}

/** From here on a heading is taken for the lab's. */
const alikeEnough = 0.72;

export function questionsOf(lab: Lab): PlacedQuestion[] {
  return [
    ...lab.questions,
    ...lab.stages.flatMap(({ id, section, questions }) =>
      questions.map((question) => ({ ...question, section, stage: id })),
    ),
  ];
}

/** Finds the place that a heading means, also when it is worded otherwise. */
export function createPlaces(lab: Lab): (heading: string) => Place | undefined {
  const questions = questionsOf(lab);
  const inSection = (section: string) => questions.filter((question) => question.section === section);
  const places: { readonly words: string; readonly place: Place }[] = [
    ...sectionsOf(lab).map((section) => ({
      words: section,
      place: { section, questions: inSection(section) },
    })),
    ...lab.stages.map(({ id, title, section }) => ({
      words: title,
      place: { section, questions: questions.filter(({ stage }) => stage === id) },
    })),
    ...questions.flatMap((question) =>
      [question.prompt, question.id.replaceAll('-', ' ')].map((words) => ({
        words,
        place: { section: question.section, questions: [question], question: question.id },
      })),
    ),
  ];
  return (heading) => {
    let best: Place | undefined;
    let most = alikeEnough;
    for (const { words, place } of places) {
      const alike = likeness(heading, words);
      // Of equals the first: sections before stages before questions.
      if (alike > most) [best, most] = [place, alike];
    }
    return best;
  };
}
