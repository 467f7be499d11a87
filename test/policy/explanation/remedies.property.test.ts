/** Whoever follows the first remedy that offers a statement is let in. */
import { expect } from 'chai';
import fc from 'fast-check';
import { explainAccess, explainKeyAccess } from '../../../policy/explanation/explain-access.ts';
import type { Explanation, PolicyPlace, Remedy } from '../../../policy/explanation/explanation.ts';
import type { Policies } from '../../../policy/findings.ts';
import { parsePolicy } from '../../../policy/parse-policy.ts';
import type { AccessRequest, Principal } from '../../../policy/request.ts';

const own = '111122223333';
const other = '444455556666';
const user = `arn:aws:iam::${own}:user/ana`;
const role = `arn:aws:iam::${own}:role/lab/reader`;
const session = `arn:aws:sts::${own}:assumed-role/reader/s`;
const key = `arn:aws:kms:eu-west-1:${own}:key/1`;
const table = `arn:aws:dynamodb:eu-west-1:${own}:table/lab`;

const ofAccount: readonly Principal[] = [
  { kind: 'user', arn: user, accountId: own, userId: 'AIDAANA' },
  { kind: 'role-session', arn: session, roleArn: role, accountId: own, userId: 'AROAREADER:s' },
];
const anybody: readonly Principal[] = [
  ...ofAccount,
  { kind: 'root', arn: `arn:aws:iam::${own}:root`, accountId: own },
  { kind: 'federated-user', arn: `arn:aws:sts::${own}:federated-user/f`, accountId: own, userId: `${own}:f` },
  { kind: 'user', arn: `arn:aws:iam::${other}:user/writer`, accountId: other, userId: 'AIDAWRITER' },
  { kind: 'root', arn: `arn:aws:iam::${other}:root`, accountId: other },
  { kind: 'service', service: 'dynamodb.amazonaws.com' },
];

const action = fc.constantFrom('*', 'kms:*', 'kms:Encrypt', 'kms:Decrypt', 'dynamodb:*', 'dynamodb:Scan');
const where = fc.constantFrom('*', key, table, 'arn:aws:kms:*:*:key/2');
const condition = fc.constantFrom(
  {},
  {},
  { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } } },
  { Condition: { StringEquals: { 'aws:username': 'writer' } } },
);
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny');
const statement = fc
  .tuple(effect, action, where, condition)
  .map(([Effect, Action, Resource, when]): object => ({ Effect, Action, Resource, ...when }));
const named = fc
  .tuple(statement, fc.constantFrom('*', own, other, user, role, session))
  .map(([one, AWS]): object => ({ ...one, Principal: { AWS } }));

/** Statements by the policy that they stand in; an absent list is a policy that is not there. */
type Places = Readonly<Partial<Record<PolicyPlace, readonly object[]>>>;
const some = fc.array(statement, { minLength: 1, maxLength: 3 });
const maybe = fc.option(some, { nil: undefined });
const places: fc.Arbitrary<Places> = fc.record({
  identity: fc.array(statement, { maxLength: 3 }),
  'key policy': fc.array(named, { minLength: 1, maxLength: 3 }),
  boundary: maybe,
  session: maybe,
});
const context = fc.constantFrom<AccessRequest['context']>(
  {},
  {
    'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com',
    'kms:EncryptionContext:aws:dynamodb:tableName': 'lab',
  },
);

function policyOf(name: string, statements: readonly object[]) {
  return { name, document: parsePolicy({ Version: '2012-10-17', Statement: statements }) };
}

function explain(request: AccessRequest, all: Places): Explanation {
  const { identity = [], boundary, session: ofSession } = all;
  const policies: Policies = {
    identity: identity.length > 0 ? [policyOf('own', identity)] : [],
    ...(boundary && { boundary: policyOf('limit', boundary) }),
    ...(ofSession && { session: [policyOf('session', ofSession)] }),
  };
  if (!request.action.startsWith('kms:')) return explainAccess(request, policies);
  return explainKeyAccess(request, {
    ...policies,
    resource: policyOf('key policy', all['key policy'] ?? []),
    grants: [],
  });
}

/** The policies with every statement of a remedy added where it belongs. */
function followed(all: Places, remedy: Remedy): Places {
  const after: Partial<Record<PolicyPlace, readonly object[]>> = { ...all };
  for (const { statement: added, to } of [remedy, ...(remedy.also ?? [])]) {
    if (!added || !to) throw new Error('a step without a statement');
    after[to] = [...(after[to] ?? []), added];
  }
  return after;
}

/** Of how many denied requests a remedy was followed. */
function follow(principals: readonly Principal[], asked: { action: string; resource: string }): number {
  let count = 0;
  fc.assert(
    fc.property(fc.constantFrom(...principals), places, context, (principal, all, given) => {
      const request = { principal, ...asked, resourceAccount: own, context: given };
      const { decision, remedies } = explain(request, all);
      if (decision.effect === 'allowed') return;
      const remedy = remedies.find((one) => one.statement);
      // Nothing that is added outweighs an explicit deny.
      expect(remedy === undefined).to.equal(decision.effect === 'explicitDeny');
      if (!remedy) return;
      count += 1;
      expect(explain(request, followed(all, remedy)).decision.effect).to.equal('allowed');
    }),
    { numRuns: 2000 },
  );
  return count;
}

describe('the first remedy with a statement', () => {
  it('lets anybody use a key who is not denied it', () => {
    expect(follow(anybody, { action: 'kms:Decrypt', resource: key })).to.be.above(300);
  });

  it('lets users and roles use a table', () => {
    expect(follow(ofAccount, { action: 'dynamodb:Scan', resource: table })).to.be.above(300);
  });

  it('gives no more than was asked: another action stays as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ofAccount), places, context, (principal, all, given) => {
        const asked = { principal, resource: key, resourceAccount: own, context: given };
        const request = { ...asked, action: 'kms:Decrypt' };
        const remedy = explain(request, all).remedies.find((one) => one.statement);
        if (!remedy) return;
        const elsewhere = { ...asked, action: 'kms:ScheduleKeyDeletion' };
        const before = explain(elsewhere, all).decision.effect;
        expect(explain(elsewhere, followed(all, remedy)).decision.effect).to.equal(before);
      }),
      { numRuns: 1000 },
    );
  });
});
