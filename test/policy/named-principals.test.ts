import { expect } from 'chai';
import { delegatedAccounts, namedPrincipals } from '../../policy/named-principals.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';

const own = '111122223333';
const root = `arn:aws:iam::${own}:root`;
const ana = `arn:aws:iam::${own}:user/ana`;
const writer = `arn:aws:iam::${own}:user/writer`;
const allow = (...AWS: string[]) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: 'kms:*',
  Resource: '*',
});
const deny = (rest: object) => ({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*', ...rest });

/** Who is named for kms:Decrypt, users and accounts. */
function named(...Statement: object[]) {
  const document = parsePolicy({ Version: '2012-10-17', Statement }, 'resource');
  return {
    users: namedPrincipals(document, 'kms:Decrypt'),
    accounts: delegatedAccounts(document, 'kms:Decrypt'),
  };
}

const all = allow(root, ana, writer);

const cases: readonly (readonly [string, object, string[], string[]])[] = [
  ['nobody', deny({ Principal: { AWS: ana }, Action: 'kms:Encrypt' }), [ana, writer], [own]],
  ['one user', deny({ Principal: { AWS: ana } }), [writer], [own]],
  ['everybody', deny({ Principal: '*' }), [], []],
  ['everybody, in the other spelling', deny({ Principal: { AWS: '*' } }), [], []],
  ['the account, and with it all who are in it', deny({ Principal: { AWS: root } }), [], []],
  ['all but one user', deny({ NotPrincipal: { AWS: [root, ana] } }), [ana], [own]],
  ['all but the account, which spares none of its users', deny({ NotPrincipal: { AWS: root } }), [], [own]],
  ['all but users of another account', deny({ NotPrincipal: { AWS: '444455556666' } }), [], []],
  [
    'everybody under a condition, which says nothing for sure',
    deny({ Principal: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    [ana, writer],
    [own],
  ],
];

describe('who a resource policy names', () => {
  it('is who its Allow statements name', () => {
    expect(named(all)).to.deep.equal({ users: [ana, writer], accounts: [own] });
  });

  for (const [whom, denial, users, accounts] of cases) {
    it(`leaves out whom a Deny is about: ${whom}`, () => {
      expect(named(all, denial)).to.deep.equal({ users, accounts });
      expect(named(denial, all), 'the order does not matter').to.deep.equal({ users, accounts });
    });
  }
});
