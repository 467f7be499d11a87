/** An instructor's own judgement of learners of a class: the file, and what a learner comes to by it. */
import { expect } from 'chai';
import { LabProblems } from '../../../runner/lab/problem.ts';
import { parseClassOverrides } from '../../../runner/overrides/class-overrides.ts';
import { firstLab, readLab } from '../../support/labs.ts';

const { lab } = await readLab(firstLab);
const parse = (...lines: string[]) =>
  parseClassOverrides('judged.yaml', lines.join('\n'), { lab, learners: ['ada', 'bob'] });

function problems(...lines: string[]): string[] {
  try {
    parse(...lines);
  } catch (error) {
    if (error instanceof LabProblems) return error.problems.map(({ line, message }) => `${line}: ${message}`);
    throw error;
  }
  throw new Error('It was accepted.');
}

describe("a class's overrides", () => {
  it('are read with whose they are, checks by place or by an id that is only one', () => {
    const read = parse(
      'by: R. Teacher',
      'learners:',
      '  ada:',
      '    - { check: access/read-denied, verdict: pass, reason: Seen., by: S. Other }',
      '    - { check: key/0, points: 4, reason: Nearly. }',
      '  bob: [{ points: 80, reason: Ill. }]',
    );
    expect(read.get('ada')).to.deep.equal({
      checks: [
        { check: 'deny/0', max: 25, verdict: 'pass', points: 25, reason: 'Seen.', by: 'S. Other' },
        { check: 'key/0', max: 10, verdict: 'fail', points: 4, reason: 'Nearly.', by: 'R. Teacher' },
      ],
    });
    expect(read.get('bob')).to.deep.equal({
      checks: [],
      whole: { points: 80, reason: 'Ill.', by: 'R. Teacher' },
    });
  });

  it('are refused with the line, all at once', () => {
    expect(
      problems(
        'learners:',
        '  eve: [{ points: 1, reason: x, by: R }]',
        '  ada:',
        '    - { check: deny/7, verdict: pass, reason: x, by: R }',
        '    - { check: deny/0, points: 26, reason: x, by: R }',
        '    - { check: deny/0, verdict: fail, reason: x }',
        '    - { verdict: pass, reason: x, by: R }',
      ),
    ).to.deep.equal([
      '2: There is no learner "eve" in the roster who can be graded.',
      '4: The lab has no single check "deny/7".',
      '5: 26 points are more than the 25 that deny/0 gives.',
      '6: It is not said whose judgement this is.',
      '6: deny/0 is judged twice here.',
      '7: For the lab as a whole a verdict says too little.',
    ]);
    expect(problems('by: R', 'learners: { ada: [{ check: deny/0, verdict: pass }] }')).to.deep.equal([
      '2: learners.ada[0].reason is missing.',
    ]);
    expect(problems('by: R', 'learners: { ada: [{ check: deny/0, reason: x }] }').join()).to.include(
      'must judge something',
    );
  });
});
