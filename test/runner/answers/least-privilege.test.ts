/** What the lab on least privilege expects of its answers, held against answers in several wordings. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { gradeAnswer } from '../../../runner/answers/grade-answer.ts';
import { labFolders, readLab } from '../../support/labs.ts';

interface Samples {
  readonly good: Readonly<Record<string, readonly string[]>>;
  readonly misconceptions: readonly {
    readonly question: string;
    readonly id: string;
    readonly stated: readonly string[];
    readonly denied: readonly string[];
  }[];
}

const folder = labFolders.find((one) => one.endsWith('/least-privilege-with-iam/')) ?? '';
const { lab } = await readLab(folder);
const { good, misconceptions } = parse(
  readFileSync(new URL('least-privilege.yaml', import.meta.url), 'utf8'),
) as Samples;
const questions = lab.stages.flatMap((stage) => stage.questions);

function feedbackOn(id: string, answer: string) {
  const question = questions.find((one) => one.id === id);
  if (!question) throw new Error(`The lab has no question ${id}.`);
  return gradeAnswer(question, answer);
}

describe('the expectations of the lab on least privilege', () => {
  it('are all tried here', () => {
    expect(Object.keys(good)).to.have.members(questions.map(({ id }) => id));
    const named = questions.flatMap(({ expects }) => expects?.misconceptions.map(({ id }) => id) ?? []);
    expect(misconceptions.map(({ id }) => id)).to.have.members(named);
  });

  for (const [question, answers] of Object.entries(good)) {
    for (const answer of answers) {
      it(`find everything in: ${question}: ${answer.slice(0, 60)}`, () => {
        const { state, missing, misconceptions: found } = feedbackOn(question, answer);
        expect({ state, missing, found }).to.deep.equal({ state: 'complete', missing: [], found: [] });
      });
    }
    it(`find nothing in beside the point: ${question}`, () => {
      const { present } = feedbackOn(
        question,
        'My cat sleeps on the warm windowsill and the weather is nice today.',
      );
      expect(present).to.deep.equal([]);
    });
  }

  for (const { question, id, stated, denied } of misconceptions) {
    for (const sentence of stated) {
      it(`see ${id} in: ${sentence}`, () => {
        expect(feedbackOn(question, sentence).misconceptions.map((one) => one.id)).to.include(id);
      });
    }
    for (const sentence of denied) {
      it(`see no ${id} in: ${sentence}`, () => {
        expect(feedbackOn(question, sentence).misconceptions).to.deep.equal([]);
      });
    }
  }

  it('are not met by the question itself', () => {
    for (const { id, prompt } of questions) expect(feedbackOn(id, prompt).state, id).to.equal('stub');
  });
});
