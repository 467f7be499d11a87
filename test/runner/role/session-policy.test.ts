/** The session's policy stays within what AWS takes, and never gives more than the calls of the lab. */
import { expect } from 'chai';
import { allSteps, PlanError, planRun } from '../../../runner/plan.ts';
import { parseRoleArn, sessionPolicy } from '../../../runner/role/session-policy.ts';
import { checkPermissions, type PolicyDocument } from '../../../runner/role/statements.ts';
import { labFolders, readLab } from '../../support/labs.ts';

const labs = await Promise.all(labFolders.map(readLab));
const place = { partition: 'aws', account: '444455556666', region: '*' };

describe('the policy of a grading session', () => {
  for (const { lab } of labs) {
    const longest = (settings: Record<string, string>) => allSteps(lab, planRun(lab, settings).params);

    it(`of ${lab.id} has the calls of the role and no others, on its resources`, () => {
      for (const probe of [false, true]) {
        const options = { steps: longest({}), place, probe };
        const text = sessionPolicy(options, lab.id);
        expect(text.length).to.be.at.most(2048);
        const withoutSids = checkPermissions(options).Statement.map(({ Sid: _sid, ...one }) => one);
        expect((JSON.parse(text) as PolicyDocument).Statement).to.deep.equal(withoutSids);
        const tries = longest({}).some(({ check }) => check.probes.length > 0);
        expect(text.includes('CreateAccessKey')).to.equal(probe && tries);
      }
    });

    it(`of ${lab.id} keeps to the calls, and leaves the resources out, where long names do not fit`, () => {
      const settings = Object.fromEntries(
        Object.entries(lab.params).map(([name, param]) => [
          name,
          `${param.default}${'x'.repeat(name === 'user' ? 40 : 200)}`,
        ]),
      );
      const options = { steps: longest(settings), place, probe: true };
      const whole = JSON.stringify(checkPermissions(options));
      const text = sessionPolicy(options, lab.id);
      expect(text.length).to.be.at.most(2048);
      const actions = (policy: PolicyDocument) => policy.Statement.flatMap(({ Action }) => Action).sort();
      expect(actions(JSON.parse(text) as PolicyDocument)).to.deep.equal(
        actions(JSON.parse(whole) as PolicyDocument),
      );
      for (const { Action } of (JSON.parse(text) as PolicyDocument).Statement)
        expect(Action.every((one) => /^\w+:\w+$/.test(one))).to.equal(true);
    });
  }

  it('is refused where AWS would refuse it', () => {
    const [first] = labs;
    const [step] = first ? allSteps(first.lab, planRun(first.lab, {}).params) : [];
    if (!step) throw new Error('There is no lab.');
    const calls = Array.from({ length: 120 }, (_, at) => `iam:GetSomethingNumber${at}`);
    const many = { ...step, check: { ...step.check, calls: calls as never } };
    expect(() => sessionPolicy({ steps: [many], place, probe: false }, 'big')).to.throw(
      PlanError,
      'AWS allows 2,048',
    );
  });

  it('takes ARNs of roles apart, and nothing else', () => {
    expect(parseRoleArn('arn:aws-cn:iam::444455556666:role/class/a/grader')).to.deep.equal({
      partition: 'aws-cn',
      account: '444455556666',
      name: 'grader',
    });
    for (const wrong of [
      'grader',
      'arn:aws:iam::4444:role/x',
      'arn:aws:iam::444455556666:user/x',
      'arn:aws:iam::444455556666:role/',
    ])
      expect(() => parseRoleArn(wrong), wrong).to.throw(PlanError, 'is not the ARN of a role');
  });
});
