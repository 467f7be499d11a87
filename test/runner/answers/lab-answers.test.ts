/** What labs expect of their answers, held against answers in many wordings: one file in `labs/` for each lab. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { registry } from '../../../checks/registry.ts';
import { gradeAnswer } from '../../../runner/answers/grade-answer.ts';
import { loadLab } from '../../../runner/lab/load-lab.ts';

interface Wordings {
  /** By question: answers in which nothing is missing. */
  readonly good: Readonly<Record<string, readonly string[]>>;
  readonly misconceptions: readonly {
    readonly question: string;
    readonly id: string;
    readonly stated: readonly string[];
    /** Sentences in which it is denied, or something else is meant. */
    readonly denied: readonly string[];
  }[];
}

const folder = new URL('labs/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { good, misconceptions } = parse(readFileSync(new URL(file, folder), 'utf8')) as Wordings;
  const lab = await loadLab(`labs/${file.replace(/\.yaml$/, '')}/lab.yaml`, registry);
  const graded = lab.stages.flatMap((stage) => stage.questions).filter(({ expects }) => expects);
  const feedbackOn = (question: string, answer: string) => {
    const asked = graded.find(({ id }) => id === question);
    if (!asked) throw new Error(`No stage of ${lab.id} asks ${question}.`);
    return gradeAnswer(asked, answer);
  };

  describe(`the expectations of ${lab.id}`, () => {
    it('are all tried here', () => {
      expect(Object.keys(good)).to.have.members(graded.map(({ id }) => id));
      const named = graded.flatMap(({ id: question, expects }) =>
        (expects?.misconceptions ?? []).map(({ id }) => `${question} ${id}`),
      );
      expect(misconceptions.map(({ question, id }) => `${question} ${id}`)).to.have.members(named);
    });

    it('are not met by the question itself, nor by what is beside the point', () => {
      for (const { id, prompt } of graded) {
        expect(feedbackOn(id, prompt).state, id).to.equal('stub');
        const cat = 'My cat sleeps on the warm windowsill and the weather is nice today.';
        expect(feedbackOn(id, cat).present, id).to.deep.equal([]);
      }
    });

    for (const [question, answers] of Object.entries(good)) {
      for (const answer of answers) {
        it(`find everything in: ${question}: ${answer.slice(0, 60)}`, () => {
          const { state, missing, misconceptions: found } = feedbackOn(question, answer);
          expect({ state, missing, found }).to.deep.equal({ state: 'complete', missing: [], found: [] });
        });
      }
    }

    for (const { question, id, stated, denied } of misconceptions) {
      for (const sentence of stated) {
        it(`see ${id} in: ${sentence}`, () => {
          const found = feedbackOn(question, sentence).misconceptions.map((one) => one.id);
          expect(found).to.include(id);
          expect(feedbackOn(question, `${good[question]?.[0]} ${sentence}`).state).to.equal('misconception');
        });
      }
      for (const sentence of denied) {
        it(`see no ${id} in: ${sentence}`, () => {
          expect(feedbackOn(question, sentence).misconceptions).to.deep.equal([]);
        });
      }
    }
  });
}
