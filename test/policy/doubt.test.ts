/** Requests of which some condition keys are not known. */
import { expect } from 'chai';
import fc from 'fast-check';
import { type AllPolicies, decideInDoubt } from '../../policy/doubt.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { evaluateKms } from '../../policy/kms.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { AccessRequest, ConditionContext } from '../../policy/request.ts';

const own = '111122223333';
const ana = { kind: 'user', arn: `arn:aws:iam::${own}:user/ana`, accountId: own, userId: 'AIDAANA' } as const;
const key = `arn:aws:kms:eu-west-1:${own}:key/1`;

function named(name: string, ...statements: object[]) {
  return { name, document: parsePolicy({ Version: '2012-10-17', Statement: statements }) };
}

function request(rest: Partial<AccessRequest> = {}): AccessRequest {
  const asked = { action: 'kms:Decrypt', resource: key, resourceAccount: own, context: {}, lacks: [] };
  return { principal: ana, ...asked, ...rest };
}

const allow = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const deny = { ...allow, Effect: 'Deny' };
const fromHome = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
const notFromHome = { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };

function decide(statements: readonly object[], asked = request()) {
  return decideInDoubt(asked, { identity: [named('own', ...statements)] }, evaluate);
}

describe('decideInDoubt', () => {
  it('is undecided where an Allow hangs on an unknown key, and says on which and where', () => {
    expect(decide([{ ...allow, ...fromHome }])).to.deep.equal({
      effect: 'undecided',
      dependsOn: ['aws:SourceIp'],
      statements: [{ reference: { policy: 'own', index: 0 }, effect: 'Allow', keys: ['aws:SourceIp'] }],
      grants: [],
    });
  });

  it('is undecided where a Deny does', () => {
    expect(decide([allow, { ...deny, ...notFromHome }])).to.deep.include({
      effect: 'undecided',
      dependsOn: ['aws:SourceIp'],
    });
  });

  const certain: readonly (readonly [string, readonly object[], Partial<AccessRequest>, string])[] = [
    ['another statement allows in any case', [{ ...allow, ...fromHome }, allow], {}, 'allowed'],
    ['another statement denies in any case', [allow, { ...deny, ...fromHome }, deny], {}, 'explicitDeny'],
    [
      'the statement is about another action',
      [{ ...allow, Action: 'kms:Encrypt', ...fromHome }],
      {},
      'implicitDeny',
    ],
    [
      'another of its conditions fails for sure',
      [{ ...allow, Condition: { ...fromHome.Condition, StringEquals: { 'aws:username': 'writer' } } }],
      { context: { 'aws:username': 'ana' } },
      'implicitDeny',
    ],
    [
      'the key is known, in whatever case',
      [{ ...allow, ...fromHome }],
      { context: { 'AWS:sourceip': '203.0.113.9' } },
      'allowed',
    ],
    [
      'the request surely lacks the key',
      [{ ...allow, ...fromHome }],
      { lacks: ['aws:sourceIP'] },
      'implicitDeny',
    ],
    [
      'it surely lacks all keys that begin so',
      [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }],
      { lacks: ['aws:PrincipalTag/*'] },
      'implicitDeny',
    ],
    ['the request is known in full', [{ ...allow, ...fromHome }], { lacks: undefined }, 'implicitDeny'],
  ];
  for (const [when, statements, rest, effect] of certain) {
    it(`is sure when ${when}`, () => expect(decide(statements, request(rest)).effect).to.equal(effect));
  }

  it('counts a key in a variable, of a condition as of a resource', () => {
    const tag = '${aws:PrincipalTag/team}';
    const inResource = { ...allow, Resource: `arn:aws:kms:*:*:key/${tag}` };
    const inCondition = { ...allow, Condition: { StringEquals: { 'aws:username': tag } } };
    const elsewhere = { ...allow, Resource: `arn:aws:kms:*:*:alias/${tag}` };
    const { effect } = decide([inResource]);
    expect(effect).to.equal('undecided');
    const asked = request({ context: { 'aws:username': 'ana' } });
    expect(decide([inCondition], asked)).to.deep.include({ dependsOn: ['aws:principaltag/team'] });
    expect(decide([elsewhere]).effect).to.equal('implicitDeny');
  });

  it('is undecided where a grant holds for an encryption context that is not known', () => {
    const grant = {
      grantId: 'g',
      granteePrincipal: ana.arn,
      operations: ['Decrypt'],
      constraints: { encryptionContextSubset: { table: 'lab' } },
    };
    const policies = {
      identity: [],
      resource: named('key policy', { ...allow, Principal: { AWS: own } }),
      grants: [grant],
    };
    expect(decideInDoubt(request(), policies, evaluateKms)).to.deep.equal({
      effect: 'undecided',
      dependsOn: ['kms:EncryptionContext:table'],
      statements: [],
      grants: [{ grantId: 'g', keys: ['kms:EncryptionContext:table'] }],
    });
    const ofAnother = { ...policies, grants: [{ ...grant, granteePrincipal: `${ana.arn}bel` }] };
    expect(decideInDoubt(request(), ofAnother, evaluateKms).effect).to.equal('implicitDeny');
    const known = request({ context: { 'kms:EncryptionContext:table': 'lab' } });
    expect(decideInDoubt(known, policies, evaluateKms).effect).to.equal('allowed');
    const equals = { ...grant, constraints: { encryptionContextEquals: { table: 'lab' } } };
    const exact = { ...policies, grants: [equals] };
    const open = decideInDoubt(known, exact, evaluateKms);
    expect(open, 'there may be more').to.deep.include({ dependsOn: ['kms:EncryptionContext:*'] });
    const all = { ...known, lacks: ['kms:EncryptionContext:*'] };
    expect(decideInDoubt(all, exact, evaluateKms).effect).to.equal('allowed');
  });

  it('is right about every request that it may be', () => {
    const condition = fc.constantFrom(
      {},
      fromHome,
      notFromHome,
      { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } },
      { Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } } },
      { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } },
      { Condition: { StringNotEquals: { 'aws:username': '${aws:PrincipalTag/name}' } } },
    );
    const resource = fc.constantFrom(
      { Resource: '*' },
      { Resource: 'arn:aws:kms:*:*:key/${aws:PrincipalTag/name}' },
      {
        NotResource: 'arn:aws:kms:*:*:key/${aws:PrincipalTag/name}',
      },
    );
    const statement = fc
      .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), resource, condition)
      .map(([Effect, where, when]): object => ({ Effect, Action: 'kms:Decrypt', ...where, ...when }));
    const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
    const ofKey = fc
      .constantFrom(own, ana.arn, '*')
      .chain((AWS) => statements.map((list) => list.map((one) => ({ ...one, Principal: { AWS } }))));
    const policies: fc.Arbitrary<AllPolicies & { grants: [] }> = fc
      .record({ identity: statements, resource: ofKey, boundary: fc.option(statements) })
      .map(({ identity, resource: list, boundary }) => ({
        identity: [named('own', ...identity)],
        resource: named('key policy', ...list),
        ...(boundary && { boundary: named('limit', ...boundary) }),
        grants: [],
      }));
    const value = (...values: (string | readonly string[])[]) => fc.option(fc.constantFrom(...values));
    const whole: fc.Arbitrary<ConditionContext> = fc
      .record({
        'aws:SourceIp': value('203.0.113.9', '198.51.100.1'),
        'aws:MultiFactorAuthPresent': value('true', 'false'),
        'aws:TagKeys': value(['a'], ['a', 'b']),
        'aws:PrincipalTag/name': value('ana', '1'),
      })
      .map(
        (all) =>
          Object.fromEntries(Object.entries(all).filter(([, one]) => one !== null)) as ConditionContext,
      );
    const seen = new Set<string>();
    fc.assert(
      fc.property(policies, whole, (given, context) => {
        const known = { 'aws:username': 'ana' };
        for (const decideBy of [evaluate, evaluateKms]) {
          const answer = decideInDoubt(request({ context: known }), given, decideBy);
          seen.add(answer.effect);
          if (answer.effect === 'undecided') {
            expect(answer.dependsOn).to.not.deep.equal([]);
            continue;
          }
          const truth = decideBy(request({ context: { ...known, ...context }, lacks: undefined }), given);
          expect(truth.effect === 'allowed').to.equal(answer.effect === 'allowed');
        }
      }),
      { numRuns: 1500 },
    );
    expect([...seen].sort()).to.deep.equal(['allowed', 'explicitDeny', 'implicitDeny', 'undecided']);
  });
});
