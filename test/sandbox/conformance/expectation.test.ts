/** The suite's own judge: what it lets pass, and what it does not. */
import { expect } from 'chai';
import type { ClientAnswer } from './client.ts';
import { problemsOf } from './expectation.ts';
import type { Step } from './scenario.ts';

const answered = (output: unknown): ClientAnswer => ({ kind: 'answer', output });
const refused = (code: string, message: string, status?: number): ClientAnswer => ({
  kind: 'refusal',
  code,
  message,
  ...(status !== undefined && { status }),
});
const step = (members: object) => ({ 'kms.DescribeKey': {}, ...members }) as Step;
const count = (members: object, seen: ClientAnswer) => problemsOf(step(members), seen, true).length;

describe('what a conformance step expects', () => {
  const error = { code: 'DisabledException', status: 400, message: 'arn:aws:kms:… is disabled.' };

  it('compares the code, the status and the whole message of a refusal', () => {
    expect(count({ error }, refused('DisabledException', 'arn:aws:kms:x is disabled.', 400))).to.equal(0);
    expect(count({ error }, refused('Disabled', 'arn:aws:kms:x is disabled.', 400))).to.equal(1);
    expect(count({ error }, refused('DisabledException', 'arn:aws:kms:x is disabled.', 409))).to.equal(1);
    expect(count({ error }, refused('DisabledException', 'arn:aws:kms:x is disabled. So.', 400))).to.equal(1);
    expect(count({ error }, refused('DisabledException', 'arn:aws:kms:x is disabled!', 400))).to.equal(1);
  });

  it('does without the status where a client does not show it', () => {
    expect(count({ error }, refused('DisabledException', 'arn:aws:kms:x is disabled.'))).to.equal(0);
  });

  it('tells an answer, a refusal and an input that was not sent apart', () => {
    const unsent: ClientAnswer = { kind: 'not sent', message: 'Parameter validation failed' };
    expect(count({ error }, answered({}))).to.equal(1);
    expect(count({ error }, unsent)).to.equal(1);
    expect(count({}, refused('DisabledException', '', 400))).to.equal(1);
    expect(count({}, unsent)).to.equal(1);
    expect(count({ error, notSent: 'botocore' }, unsent)).to.equal(0);
    expect(count({ error, notSent: 'botocore' }, answered({}))).to.equal(1);
  });

  it('compares parts of an answer, and what must not be there', () => {
    const seen = answered({ Key: { State: 'Enabled', Tags: [{ a: 1 }] } });
    expect(
      count({ answer: { 'Key.State': 'En…', 'Key.Tags': [{ a: 1 }], 'Key.Date': null } }, seen),
    ).to.equal(0);
    expect(count({ answer: { 'Key.State': null } }, seen)).to.equal(1);
    expect(count({ answer: { 'Key.Tags.0.a': 2 } }, seen)).to.equal(1);
    expect(count({ answer: { 'Key.Date': 'any' } }, seen)).to.equal(1);
  });
});
