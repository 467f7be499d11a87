/** An instructor's own judgement of answers. */
import { expect } from 'chai';
import { registry } from '../../../checks/registry.ts';
import { gradeAnswer } from '../../../runner/answers/grade-answer.ts';
import { loadLab } from '../../../runner/lab/load-lab.ts';
import { LabProblems } from '../../../runner/lab/problem.ts';
import { questionsOf } from '../../../runner/lab/questions.ts';
import { judged } from '../../../runner/overrides/judged.ts';
import { parseOverrides } from '../../../runner/overrides/overrides.ts';

const lab = await loadLab('labs/encrypt-data-with-kms/lab.yaml', registry);

function problems(yaml: string) {
  try {
    parseOverrides('judged.yaml', yaml, lab);
  } catch (error) {
    if (error instanceof LabProblems) return error.problems.map(({ line, message }) => `${line}: ${message}`);
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('overrides', () => {
  it('are read, each with whose they are', () => {
    const read = parseOverrides(
      'judged.yaml',
      'by: R. Teacher\nquestions:\n  goal: { verdict: accepted, reason: Said in class. }\n  what-is-kms: { points: 2, reason: Nearly., by: S. Other }\n',
      lab,
    );
    expect(read.goal).to.deep.equal({
      verdict: 'accepted',
      dismiss: [],
      reason: 'Said in class.',
      by: 'R. Teacher',
    });
    expect(read['what-is-kms']).to.include({ points: 2, by: 'S. Other' });
  });

  it('are refused with the line, all at once', () => {
    expect(
      problems(
        [
          'by: R. Teacher',
          'questions:',
          '  nothing: { verdict: accepted, reason: x }',
          '  what-is-kms:',
          '    points: 4',
          '    reason: x',
          '  goal: { points: 1, reason: x }',
          '  how-granted: { dismiss: [both-policies-needed, no-such], reason: x }',
        ].join('\n'),
      ),
    ).to.deep.equal([
      '3: The lab has no question "nothing".',
      '5: 4 points are more than the 3 that "what-is-kms" gives.',
      '7: 1 points are more than the 0 that "goal" gives.',
      '8: The question "how-granted" has no misconception "no-such".',
    ]);
    expect(problems('by: R\nquestions:\n  goal: { verdict: accepted }')).to.deep.equal([
      '3: questions.goal.reason is missing.',
    ]);
    expect(problems('by: R\nquestions:\n  goal: { reason: x }')).to.deep.equal([
      '3: questions.goal must judge something: add `verdict:`, `points:` or `dismiss:`.',
    ]);
    expect(problems('questions:\n  goal: { verdict: accepted, reason: x }')[0]).to.match(
      /^2: .*whose judgement/,
    );
    expect(problems('by: R\nquestions:\n  goal: { verdict: fine, reason: x }')[0]).to.match(
      /^3: .*"accepted"/,
    );
    expect(
      problems('by: R\nquestions:\n  goal: { points: -1, verdict: accepted, reason: " " }'),
    ).to.have.length(2);
  });

  it('stand beside what was found', () => {
    const question = questionsOf(lab).find(({ id }) => id === 'how-granted');
    if (!question) throw new Error('The question is gone.');
    const answer = 'I added the user as a key administrator, and the key policy now names its ARN.';
    const found = gradeAnswer(question, answer);
    expect(found).to.include({ state: 'misconception', points: 2, max: 3 });
    const override = {
      dismiss: ['administrators-decrypt'],
      reason: 'It was a slip of the pen.',
      by: 'R. Teacher',
    };
    const both = judged(question, answer, found, override);
    expect(both).to.deep.equal({
      ...found,
      override: {
        points: 3,
        dismissed: ['administrators-decrypt'],
        reason: override.reason,
        by: override.by,
      },
    });
    expect(
      judged(question, answer, found, { ...override, points: 1, verdict: 'accepted' }).override,
    ).to.include({
      points: 1,
      verdict: 'accepted',
    });
  });
});
