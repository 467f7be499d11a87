/** The places of a lab's write-up that a heading may mean. */
import { type Lab, sectionsOf } from '../lab/lab.ts';
import { type PlacedQuestion, questionsOf } from '../lab/questions.ts';
import { likeness, titleOf } from './likeness.ts';

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

/** Finds the place that a heading means, also when it is worded otherwise. */
export function createPlaces(lab: Lab): (heading: string) => Place | undefined {
  const questions = questionsOf(lab);
  const inSection = (section: string) => questions.filter((question) => question.section === section);
  const named: { readonly words: string; readonly place: Place }[] = [
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
  const places = named.map(({ words, place }) => ({ title: titleOf(words), place }));
  return (heading) => {
    const meant = titleOf(heading);
    let best: Place | undefined;
    let most = alikeEnough;
    for (const { title, place } of places) {
      const alike = likeness(meant, title);
      // Of equals the first: sections before stages before questions.
      if (alike > most) [best, most] = [place, alike];
    }
    return best;
  };
}
