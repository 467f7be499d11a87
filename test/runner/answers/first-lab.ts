import { registry } from '../../../checks/registry.ts';
import { gradeAnswer } from '../../../runner/answers/grade-answer.ts';
import { loadLab } from '../../../runner/lab/load-lab.ts';

const lab = await loadLab('labs/encrypt-data-with-kms/lab.yaml', registry);

/** The questions of the first lab, by id. */
export const questions = new Map(
  [...lab.questions, ...lab.stages.flatMap((stage) => stage.questions)].map((one) => [one.id, one]),
);

/** Feedback on an answer to a question of the first lab. */
export function feedbackOn(question: string, answer: string | undefined) {
  const asked = questions.get(question);
  if (!asked) throw new Error(`The first lab has no question ${question}.`);
  return gradeAnswer(asked, answer);
}
