/** What the first lab expects of its answers, held against answers in many wordings. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { feedbackOn, questions } from './first-lab.ts';

function readYaml<Data>(name: string): Data {
  return parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Data;
}

const good = readYaml<Record<string, string[]>>('good-answers.yaml');
const misconceptions =
  readYaml<{ question: string; id: string; stated: string[]; denied: string[] }[]>('misconceptions.yaml');
const graded = [...questions.values()].filter((question) => question.expects);

describe("the first lab's expectations", () => {
  it('are of every question of a stage, and of no other', () => {
    const asked = [...questions.values()].filter((question) => !('section' in question));
    expect(graded.map(({ id }) => id)).to.deep.equal(asked.map(({ id }) => id));
    expect(Object.keys(good)).to.have.members(graded.map(({ id }) => id));
  });

  it('name misconceptions that are all tried here', () => {
    const named = graded.flatMap(({ expects }) => expects?.misconceptions.map(({ id }) => id) ?? []);
    expect([...new Set(misconceptions.map(({ id }) => id))]).to.have.members([...new Set(named)]);
  });

  for (const [question, answers] of Object.entries(good)) {
    for (const answer of answers) {
      it(`find everything in: ${question}: ${answer.slice(0, 60)}`, () => {
        const { state, points, max, missing, misconceptions: found } = feedbackOn(question, answer);
        expect({ state, missing, found }).to.deep.equal({ state: 'complete', missing: [], found: [] });
        expect(points).to.equal(max);
      });
    }
    it(`find nothing in beside the point: ${question}`, () => {
      const { state, present } = feedbackOn(
        question,
        'My cat sleeps on the warm windowsill and the weather is nice today.',
      );
      expect(present).to.deep.equal([]);
      expect(state).to.equal('incomplete');
    });
  }

  for (const { question, id, stated, denied } of misconceptions) {
    for (const sentence of stated) {
      it(`see ${id} in: ${sentence}`, () => {
        const alone = feedbackOn(question, sentence);
        expect(alone.misconceptions.map((one) => one.id)).to.include(id);
        expect(alone.state).to.equal('misconception');
        // A full answer around it does not hide it.
        const among = feedbackOn(question, `${good[question]?.[0]} ${sentence}`);
        expect(among.state).to.equal('misconception');
        expect(among.points).to.be.below(among.max);
      });
    }
    for (const sentence of denied) {
      it(`see no ${id} in: ${sentence}`, () => {
        expect(feedbackOn(question, sentence).misconceptions).to.deep.equal([]);
      });
    }
  }

  it('are not met by the question itself', () => {
    for (const { id, prompt } of graded) expect(feedbackOn(id, prompt).state, id).to.equal('stub');
  });
});
