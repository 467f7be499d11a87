import { expect } from 'chai';
import { assumePolicy } from '../../../runner/autograder/assume-policy.ts';
import type { AutograderLearner } from '../../../runner/autograder/autograder-file.ts';

interface Told {
  readonly Statement: readonly [{ Action: string; Resource: string[]; Condition?: object }];
}

const member = (at: number, externalId?: string): AutograderLearner => ({
  id: `learner-${at}`,
  email: `${at}@example.org`,
  role: {
    arn: `arn:aws:iam::${String(at).padStart(12, '0')}:role/labwright-grader-encrypt-data-with-kms`,
    ...(externalId !== undefined && { externalId }),
  },
  params: {},
});
const policyOf = (learners: readonly AutograderLearner[]) => assumePolicy(learners) as Told;

describe('the policy of an autograder', () => {
  it('names each role, and asks for an external id where every role does', () => {
    const [statement] = policyOf([member(1, 'a'), member(2, 'b')]).Statement;
    expect(statement.Action).to.equal('sts:AssumeRole');
    expect(statement.Resource).to.have.length(2);
    expect(statement.Condition).to.deep.equal({ Null: { 'sts:ExternalId': 'false' } });
    expect(policyOf([member(1, 'a'), member(2)]).Statement[0].Condition).to.equal(undefined);
  });

  it('fits a user, however large the class', () => {
    const policy = policyOf(Array.from({ length: 1000 }, (_, at) => member(at, 'x')));
    expect(JSON.stringify(policy).length).to.be.at.most(2048);
    expect(policy.Statement[0].Resource).to.deep.equal([
      'arn:aws:iam::*:role/labwright-grader-encrypt-data-with-kms',
    ]);
  });
});
