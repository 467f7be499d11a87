/** Who hands in, and what Gradescope gives back of earlier submissions. */
import { expect } from 'chai';
import type { AutograderLearner } from '../../../runner/autograder/autograder-file.ts';
import {
  earlierAttempts,
  type GradescopeSubmission,
  lastScored,
  learnerOf,
  readGradescopeSubmission,
} from '../../../runner/autograder/gradescope-submission.ts';

const learner = (id: string, account: string): AutograderLearner => ({
  id,
  email: `${id}@Example.org`,
  account,
  params: {},
});
const learners = [
  learner('ada', '111111111111'),
  learner('bob', '111111111111'),
  learner('cy', '222222222222'),
];
const by = (...emails: string[]): GradescopeSubmission => ({ users: emails.map((email) => ({ email })) });

describe('whose submission it is', () => {
  it('is told by e-mail address, without regard to case', () => {
    expect(learnerOf(by('CY@example.org '), learners)).to.equal(learners[2]);
  });
  it('is one of a group that shares an account, in the roster or not', () => {
    expect(learnerOf(by('bob@example.org', 'ada@example.org'), learners)).to.equal(learners[0]);
    expect(learnerOf(by('nobody@example.org', 'bob@example.org'), learners)).to.equal(learners[1]);
  });
  it('is left open by a group with several accounts, and by strangers', () => {
    for (const [submission, told] of [
      [by('ada@example.org', 'cy@example.org'), 'several accounts'],
      [by('eve@example.org'), 'Nobody in the roster'],
      [by(), 'Nobody in the roster'],
    ] as const)
      expect(learnerOf(submission, learners)).to.have.property('problem').that.includes(told);
  });
});

describe('earlier submissions', () => {
  const own = (score: number | undefined, lab = 'kms') => ({
    ...(score !== undefined && { score }),
    tests: [],
    extra_data: { lab, attempt: { schema: 'something else' } },
  });
  const submission: GradescopeSubmission = {
    ...by('ada@example.org'),
    previous_submissions: [
      { submission_time: '2026-11-03T10:00:00-07:00', score: 30, results: own(30) },
      { submission_time: '2026-11-01T10:00:00-07:00', score: 10, results: own(10) },
      { submission_time: '2026-11-04T10:00:00-07:00', score: 0, results: null },
      { submission_time: '2026-11-05T10:00:00-07:00', score: 90, results: own(90, 'another-lab') },
      { submission_time: '2026-11-06T10:00:00-07:00', score: 90, results: { score: 90, tests: [] } },
      { submission_time: '2026-11-07T10:00:00-07:00', score: '0.0', results: own(undefined) },
    ],
  };
  it('leave the last score that this autograder gave', () => {
    expect(lastScored(submission, 'kms')).to.deep.include({ at: '2026-11-03T10:00:00-07:00' });
    expect(lastScored(by('ada@example.org'), 'kms')).to.equal(undefined);
  });
  it('are no attempts where they do not hold one', () => {
    expect(earlierAttempts(submission, 'kms')).to.deep.equal([]);
  });
  it('are read as Gradescope writes them, and anything else is not', () => {
    expect(readGradescopeSubmission(JSON.stringify(submission))?.previous_submissions).to.have.length(6);
    for (const text of ['', '{}', '[]', '{"users":[{}]}'])
      expect(readGradescopeSubmission(text)).to.equal(undefined);
  });
});
