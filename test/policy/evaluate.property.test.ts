/** Properties that hold for every request and every set of policies, under each of the three rules. */

import { expect } from 'chai';
import fc from 'fast-check';
import type { Decision } from '../../policy/decision.ts';
import type { Statement } from '../../policy/document.ts';
import { evaluate, type Policies } from '../../policy/evaluate.ts';
import { evaluateKms, type KeyGrant } from '../../policy/kms.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { AccessRequest, ConditionContext, Principal } from '../../policy/request.ts';
import { evaluateRoleTrust } from '../../policy/role-trust.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const USER = `arn:aws:iam::${OWN}:user/ana`;
const ROLE = `arn:aws:iam::${OWN}:role/reader`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/reader/s`;
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1`;

const OWN_KEY = `arn:aws:kms:*:*:key/\${aws:username}`;

const principals: readonly Principal[] = [
  { kind: 'root', arn: `arn:aws:iam::${OWN}:root`, accountId: OWN },
  { kind: 'user', arn: USER, accountId: OWN, userId: 'AIDAANA' },
  { kind: 'role-session', arn: SESSION, roleArn: ROLE, accountId: OWN, userId: 'AROAREADER:s' },
  { kind: 'federated-user', arn: `arn:aws:sts::${OWN}:federated-user/f`, accountId: OWN, userId: `${OWN}:f` },
  { kind: 'user', arn: `arn:aws:iam::${OTHER}:user/writer`, accountId: OTHER, userId: 'AIDAWRITER' },
  { kind: 'service', service: 'dynamodb.amazonaws.com' },
];

const names = fc.subarray(['*', OWN, OTHER, USER, ROLE, SESSION, `arn:aws:iam::${OTHER}:user/writer`], {
  minLength: 1,
});
const principal = fc.oneof(
  names.map((AWS) => ({ AWS })),
  fc.constantFrom(OWN, ROLE, SESSION).map((AWS) => ({ AWS })),
  fc.constant({ Service: 'dynamodb.amazonaws.com' }),
);
const about = fc.oneof(
  { weight: 4, arbitrary: principal.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: principal.map((NotPrincipal) => ({ NotPrincipal })) },
);
const actions = fc.subarray(['*', 'kms:*', 'kms:De*', 'kms:Encrypt'], { minLength: 1 });
const resources = fc.subarray(['*', KEY, 'arn:aws:kms:*:*:key/*', 'arn:aws:s3:::b', OWN_KEY], {
  minLength: 1,
});
const conditions = fc.constantFrom(
  {},
  { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb' } } },
  { Condition: { StringNotEquals: { 'kms:ViaService': 'dynamodb' } } },
  { Condition: { Null: { 'aws:username': 'true' } } },
  { Condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['a*'] } } },
);
const statementWith = (effect: fc.Arbitrary<string>, who: fc.Arbitrary<object>) =>
  fc
    .tuple(
      effect,
      who,
      fc.oneof(
        actions.map((Action) => ({ Action })),
        actions.map((NotAction) => ({ NotAction })),
      ),
      fc.oneof(
        resources.map((Resource) => ({ Resource })),
        resources.map((NotResource) => ({ NotResource })),
      ),
      conditions,
    )
    .map(([Effect, ...parts]): object => Object.assign({ Effect }, ...parts));
const anyEffect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny');

type Sources = {
  readonly identity: readonly object[];
  readonly resource: readonly object[];
  readonly boundary: readonly object[];
  readonly session: readonly object[];
};
const attached = fc.array(statementWith(anyEffect, fc.constant({})), { maxLength: 3 });
const sources: fc.Arbitrary<Sources> = fc.record({
  identity: attached,
  resource: fc.array(statementWith(anyEffect, about), { maxLength: 3 }),
  boundary: fc.oneof(fc.constant([]), attached),
  session: fc.oneof(fc.constant([]), attached),
});
const grants: fc.Arbitrary<readonly KeyGrant[]> = fc.array(
  fc.record({
    grantId: fc.constantFrom('g1', 'g2'),
    granteePrincipal: fc.constantFrom(USER, ROLE, SESSION, OWN, 'dynamodb.amazonaws.com'),
    operations: fc.subarray(['Decrypt', 'Encrypt']),
  }),
  { maxLength: 2 },
);
const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constantFrom(...principals),
  action: fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 's3:GetObject'),
  resource: fc.constantFrom(KEY, '*'),
  resourceAccount: fc.constantFrom(OWN, OTHER),
  context: fc.constantFrom<ConditionContext[]>(
    {},
    { 'kms:ViaService': 'dynamodb', 'aws:username': '1' },
    { 'aws:username': 'ana', 'aws:TagKeys': ['b', 'ab'] },
  ),
});
const situation = fc.record({ request, sources, grants });
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function named(name: string, statements: readonly object[]) {
  return { name, document: parsePolicy({ Version: '2012-10-17', Statement: statements }) };
}

/** A list without statements stands for no policy of that type. */
function policiesOf({ identity, resource, boundary, session }: Sources): Policies {
  return {
    identity: identity.length === 0 ? [] : [named('identity', identity)],
    ...(resource.length > 0 && { resource: named('resource', resource) }),
    ...(boundary.length > 0 && { boundary: named('boundary', boundary) }),
    ...(session.length > 0 && { session: [named('session', session)] }),
  };
}

/** The decisions under the three rules. */
function decideAll({ request, sources, grants }: Situation): readonly Decision[] {
  const policies = policiesOf(sources);
  return [
    evaluate(request, policies),
    evaluateKms(request, { ...policies, grants }),
    evaluateRoleTrust(request, policies),
  ];
}

const allowed = (decisions: readonly Decision[]) => decisions.map(({ effect }) => effect === 'allowed');
const RUNS = { numRuns: 1500 };

/** Adds a statement to a policy that is already there, or to the identity and resource policies in any case. */
const place = fc.constantFrom('identity', 'resource', 'boundary', 'session');
function add({ sources, ...rest }: Situation, to: keyof Sources, statement: object): Situation {
  if ((to === 'boundary' || to === 'session') && sources[to].length === 0) return { sources, ...rest };
  return { ...rest, sources: { ...sources, [to]: [...sources[to], statement] } };
}
const addition = (effect: string) =>
  place.chain((to) =>
    statementWith(fc.constant(effect), to === 'resource' ? about : fc.constant({})).map((statement) => ({
      to,
      statement,
    })),
  );

describe('evaluation', () => {
  it('meets both outcomes under every rule', () => {
    const seen = new Set<string>();
    for (const each of fc.sample(situation, { numRuns: 4000, seed: 1 })) {
      for (const [rule, { effect, policyType }] of decideAll(each).entries())
        seen.add(`${rule} ${effect} ${policyType}`);
    }
    for (const rule of [0, 1, 2]) {
      const resourceType = rule === 2 ? 'role trust' : 'resource-based';
      for (const type of ['identity-based', resourceType]) {
        for (const effect of ['allowed', 'implicitDeny', 'explicitDeny'])
          expect(seen).to.include(`${rule} ${effect} ${type}`);
      }
      for (const type of ['permissions boundary', 'session']) {
        for (const effect of ['implicitDeny', 'explicitDeny'])
          expect(seen).to.include(`${rule} ${effect} ${type}`);
      }
    }
    expect(seen).to.include('1 allowed grant');
  });

  it('never turns a denial into an allow when a Deny is added', () => {
    fc.assert(
      fc.property(situation, addition('Deny'), (before, { to, statement }) => {
        const earlier = allowed(decideAll(before));
        const later = allowed(decideAll(add(before, to, statement)));
        for (const [rule, isAllowed] of later.entries())
          expect(isAllowed && !earlier[rule], `rule ${rule}`).to.equal(false);
      }),
      RUNS,
    );
  });

  it('never turns an allow into a denial when an Allow is added', () => {
    fc.assert(
      fc.property(situation, addition('Allow'), (before, { to, statement }) => {
        const earlier = allowed(decideAll(before));
        const later = allowed(decideAll(add(before, to, statement)));
        for (const [rule, wasAllowed] of earlier.entries())
          expect(wasAllowed && !later[rule], `rule ${rule}`).to.equal(false);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of statements', () => {
    const outcome = (each: Situation) =>
      decideAll(each).map(({ effect, policyType }) => ({ effect, policyType }));
    fc.assert(
      fc.property(situation, (each) => {
        const { identity, resource, boundary, session } = each.sources;
        const reversed = {
          identity: identity.toReversed(),
          resource: resource.toReversed(),
          boundary: boundary.toReversed(),
          session: session.toReversed(),
        };
        expect(outcome({ ...each, sources: reversed })).to.deep.equal(outcome(each));
      }),
      RUNS,
    );
  });

  it('never limits more with a grant than without', () => {
    fc.assert(
      fc.property(situation, ({ request, sources, grants }) => {
        const policies = policiesOf(sources);
        const without = evaluateKms(request, { ...policies, grants: [] });
        const withGrants = evaluateKms(request, { ...policies, grants });
        if (without.effect !== 'implicitDeny') expect(withGrants).to.deep.equal(without);
      }),
      RUNS,
    );
  });

  it('points at the statement that decided', () => {
    fc.assert(
      fc.property(situation, (each) => {
        for (const decision of decideAll(each)) {
          if (!('statement' in decision) || decision.statement === undefined) continue;
          const list = each.sources[decision.statement.policy as keyof Sources];
          const statement = list[decision.statement.index] as Statement | undefined;
          expect(statement?.Effect).to.equal(decision.effect === 'allowed' ? 'Allow' : 'Deny');
        }
      }),
      RUNS,
    );
  });
});
