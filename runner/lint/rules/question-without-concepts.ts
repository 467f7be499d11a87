import type { Rule } from '../rule.ts';

export const questionWithoutConcepts: Rule = {
  id: 'question-without-concepts',
  severity: 'warning',
  why: 'Where nothing is expected of an answer, any answer is complete and the learner gets no feedback; only questions about the learner (those of the lab, outside its stages) can do without.',
  look({ file, data }) {
    return data.stages.flatMap(({ questions }, at) =>
      questions.flatMap(({ id, expects }, index) =>
        expects
          ? []
          : [
              file.problem(
                ['stages', at, 'questions', index, 'id'],
                `The question "${id}" expects nothing of its answer.`,
                'Add `expects` with the concepts that a good answer holds (docs/answers.md).',
              ),
            ],
      ),
    );
  },
};
