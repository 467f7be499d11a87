import { expect } from 'chai';
import fc from 'fast-check';
import { policyDiff } from '../../reports/policy-diff.ts';
import { keyPolicy, ownerArn, userArn } from './sample-calls.ts';

const before = keyPolicy({ users: ownerArn, idFirst: true });

function changed(from: string, to: string, kind: 'added' | 'removed'): string[] {
  const lines = policyDiff(from, to)?.lines ?? [];
  return lines.filter((line) => line.kind === kind).map(({ text }) => text.trim());
}

describe('the difference between two key policies', () => {
  it('is one line a statement when the console adds a key user', () => {
    const after = keyPolicy({ users: [userArn, ownerArn], idFirst: false });
    expect(changed(before, after, 'added')).to.deep.equal([`"${userArn}",`, `"${userArn}",`]);
    expect(changed(before, after, 'removed')).to.deep.equal([]);
  });

  it('is one line a statement when the user is added last', () => {
    const after = keyPolicy({ users: [ownerArn, userArn], idFirst: true });
    expect(changed(before, after, 'added')).to.have.length(2);
    expect(changed(before, after, 'removed')).to.deep.equal([]);
  });

  it('is nothing when only the form differs', () => {
    const policy = JSON.parse(before) as { Statement: { Action: unknown }[] };
    const reversed = { ...policy, Statement: policy.Statement.toReversed() };
    expect(policyDiff(before, JSON.stringify(reversed, undefined, 4))).to.equal(undefined);
    const asLists = {
      ...policy,
      Statement: policy.Statement.map((statement) => ({
        ...statement,
        Action: [statement.Action].flat().toReversed(),
      })),
    };
    expect(policyDiff(before, JSON.stringify(asLists))).to.equal(undefined);
  });

  it('shows a whole new statement and the one that went', () => {
    const policy = JSON.parse(before) as { Statement: unknown[] };
    const deny = { Sid: 'Keep out', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    const after = JSON.stringify({ ...policy, Statement: [deny, ...policy.Statement.slice(1)] });
    expect(changed(before, after, 'added')).to.include('"Effect": "Deny",');
    expect(changed(before, after, 'removed')).to.include('"Sid": "Enable IAM User Permissions",');
  });

  it('reaches the Sid of the statement that changed', () => {
    const after = keyPolicy({ users: [userArn, ownerArn], idFirst: true });
    const texts = policyDiff(before, after)?.lines.map(({ text }) => text.trim());
    expect(texts).to.include('"Sid": "Allow use of the key",');
    expect(texts?.[0]).to.match(/^\d+ unchanged lines$/);
  });

  it('compares text that is no JSON as it stands', () => {
    expect(changed('one\ntwo', 'one\nthree', 'added')).to.deep.equal(['three']);
    expect(changed('{}', 'not {', 'removed')).to.deep.equal(['{}']);
  });

  it('is nothing between a document and itself printed anew', () => {
    fc.assert(
      fc.property(fc.json(), (document) => {
        expect(policyDiff(document, JSON.stringify(JSON.parse(document), undefined, 3))).to.equal(undefined);
      }),
    );
  });
});
