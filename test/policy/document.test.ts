import { expect } from 'chai';
import fc from 'fast-check';
import type { PolicyKind } from '../../policy/document.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import { PolicySyntaxError } from '../../policy/syntax-error.ts';

const ALLOW = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const policy = (...Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });

/** The sentence with which the document is refused. */
function refusal(source: string | object, kind?: PolicyKind): string {
  try {
    parsePolicy(source, kind);
  } catch (error) {
    if (error instanceof PolicySyntaxError) return error.message;
    throw error;
  }
  throw new Error('the document was accepted');
}

describe('parsePolicy', () => {
  it('writes everything that has several spellings in one', () => {
    const document = parsePolicy(
      JSON.stringify({
        Id: 'key-default-1',
        Statement: {
          Sid: 'Use',
          Effect: 'Allow',
          Principal: { AWS: '111122223333', Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
          NotAction: 'kms:Decrypt',
          NotResource: ['*'],
          Condition: {
            Bool: { 'kms:GrantIsForAWSResource': true },
            NumericLessThan: { 's3:max-keys': [10] },
          },
        },
      }),
    );
    expect(document).to.deep.equal({
      Version: '2008-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Use',
          Effect: 'Allow',
          Principal: { AWS: ['111122223333'], Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
          NotAction: ['kms:Decrypt'],
          NotResource: ['*'],
          Condition: {
            Bool: { 'kms:GrantIsForAWSResource': ['true'] },
            NumericLessThan: { 's3:max-keys': ['10'] },
          },
        },
      ],
    });
  });

  it('leaves a normalised document as it is', () => {
    const document = parsePolicy(policy({ ...ALLOW, Sid: 'Use' }));
    expect(parsePolicy(document)).to.deep.equal(document);
  });

  const refusals: readonly (readonly [string | object, string])[] = [
    ['{"Version": ', 'Policy: is not valid JSON'],
    ['[]', 'Policy: expected a JSON object, found an array.'],
    ['"text"', 'Policy: expected a JSON object, found "text".'],
    ['null', 'Policy: expected a JSON object, found null.'],
    ['{}', 'Policy: Statement is missing.'],
    [
      { ...policy(ALLOW), Version: '2012-10-18' },
      'Version: must be "2012-10-17" or "2008-10-17", found "2012-10-18".',
    ],
    [{ ...policy(ALLOW), Version: 2012 }, 'Version: must be "2012-10-17" or "2008-10-17", found 2012.'],
    [{ ...policy(ALLOW), Statements: [] }, 'Policy: unknown element "Statements".'],
    [{ ...policy(ALLOW), Id: 1 }, 'Id: must be a string, found 1.'],
    [policy(), 'Statement: must hold at least one statement.'],
    [policy('Allow'), 'Statement 1: expected an object, found "Allow".'],
    [policy(ALLOW, { Action: '*', Resource: '*' }), 'Statement 2: Effect is missing.'],
    [policy({ ...ALLOW, Effect: 'allow' }), 'Statement 1: Effect must be "Allow" or "Deny", found "allow".'],
    [policy({ ...ALLOW, Sid: 7 }), 'Statement 1: Sid must be a string, found 7.'],
    [policy({ ...ALLOW, Sid: 'A', Actions: '*' }), 'Statement 1 ("A"): unknown element "Actions".'],
    [
      policy({ ...ALLOW, NotAction: 'a:b' }),
      'Statement 1: has both Action and NotAction; only one is allowed.',
    ],
    [
      policy({ ...ALLOW, NotResource: '*' }),
      'Statement 1: has both Resource and NotResource; only one is allowed.',
    ],
    [policy({ Effect: 'Allow', Resource: '*' }), 'Statement 1: Action or NotAction is missing.'],
    [policy({ Effect: 'Allow', Action: '*' }), 'Statement 1: Resource or NotResource is missing.'],
    [policy({ ...ALLOW, Action: 7 }), 'Statement 1, Action: expected a string, found 7.'],
    [policy({ ...ALLOW, Action: [null] }), 'Statement 1, Action: expected a string, found null.'],
    [policy({ ...ALLOW, Action: [] }), 'Statement 1, Action: must not be empty.'],
    [
      policy({ ...ALLOW, Action: 'Decrypt' }),
      'Statement 1, Action: "Decrypt" is not "*" or of the form "service:Operation".',
    ],
    [
      policy({ ...ALLOW, Action: 'kms:a:b' }),
      'Statement 1, Action: "kms:a:b" is not "*" or of the form "service:Operation".',
    ],
    [
      policy({ ...ALLOW, Resource: 'my-table' }),
      'Statement 1, Resource: "my-table" is neither an ARN nor "*".',
    ],
    [
      policy({ ...ALLOW, Principal: 'me' }),
      'Statement 1, Principal: must be "*" or an object such as {"AWS": "..."}, found "me".',
    ],
    [policy({ ...ALLOW, Principal: {} }), 'Statement 1, Principal: must not be empty.'],
    [
      policy({ ...ALLOW, Principal: { User: 'x' } }),
      'Statement 1, Principal: unknown kind of principal "User".',
    ],
    [policy({ ...ALLOW, Principal: { AWS: [] } }), 'Statement 1, Principal.AWS: must not be empty.'],
    [
      policy({ ...ALLOW, Principal: { AWS: 'lab-admin' } }),
      'Statement 1, Principal.AWS: "lab-admin" is not an account, user, role or session.',
    ],
    [
      policy({ ...ALLOW, Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } }),
      'Statement 1, Principal.AWS: "arn:aws:iam::111122223333:group/g" is not an account, user, role or session.',
    ],
    [
      policy({ ...ALLOW, Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }),
      'Statement 1, Principal.AWS: "arn:aws:iam::111122223333:user/*": a wildcard cannot stand for part of a principal\'s name.',
    ],
    [
      policy({ ...ALLOW, Principal: '*', NotPrincipal: '*' }),
      'Statement 1: has both Principal and NotPrincipal; only one is allowed.',
    ],
    [
      policy({ ...ALLOW, Condition: [] }),
      'Statement 1, Condition: expected an object of operators, found an array.',
    ],
    [
      policy({ ...ALLOW, Condition: { StringMatches: { 'aws:x': 'y' } } }),
      'Statement 1, Condition: unknown condition operator "StringMatches".',
    ],
    [
      policy({ ...ALLOW, Condition: { NullIfExists: { 'aws:x': 'true' } } }),
      'Statement 1, Condition: unknown condition operator "NullIfExists".',
    ],
    [
      policy({ ...ALLOW, Condition: { 'ForSomeValues:StringEquals': { 'aws:x': 'y' } } }),
      'Statement 1, Condition: unknown condition operator "ForSomeValues:StringEquals".',
    ],
    [
      policy({ ...ALLOW, Condition: { toString: { 'aws:x': 'y' } } }),
      'Statement 1, Condition: unknown condition operator "toString".',
    ],
    [
      policy({ ...ALLOW, Condition: { Bool: 'true' } }),
      'Statement 1, Condition.Bool: expected an object of condition keys, found "true".',
    ],
    [
      policy({ ...ALLOW, Condition: { Bool: { key: 'true' } } }),
      'Statement 1, Condition.Bool: "key" is not a condition key of the form "service:Name".',
    ],
    [
      policy({ ...ALLOW, Condition: { Bool: { 'aws:x': null } } }),
      'Statement 1, Condition.Bool, key "aws:x": expected a string, number or boolean, found null.',
    ],
    [policy({ ...ALLOW, Sid: 'A' }, { ...ALLOW, Sid: 'A' }), 'Statement: two statements have the Sid "A".'],
    ['{"Version":"2012-10-17","__proto__":{"Statement":[]}}', 'Policy: unknown element "__proto__".'],
    [
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","__proto__":{}}}',
      'Statement 1: unknown element "__proto__".',
    ],
    [
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"aws:x":"y"}}}}',
      'Statement 1, Condition: unknown condition operator "__proto__".',
    ],
    [
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"__proto__":"y"}}}',
      'Statement 1, Principal: unknown kind of principal "__proto__".',
    ],
    [
      '{"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}}',
      'Policy: the key "Effect" appears twice in one object.',
    ],
    [
      '{"Statement":{"Effect":"Allow","Eff\\u0065ct":"Deny","Action":"*","Resource":"*"}}',
      'Policy: the key "Effect" appears twice in one object.',
    ],
    [' '.repeat(200_000), 'Policy: has 200000 characters, more than 131072.'],
  ];
  for (const [source, sentence] of refusals) {
    it(`refuses: ${sentence}`, () => {
      expect(refusal(source).slice(0, sentence.length)).to.equal(sentence);
    });
  }

  it('knows which kinds of policies have principals and resources', () => {
    expect(refusal(policy({ ...ALLOW, Principal: '*' }), 'identity')).to.include('must not name a Principal');
    expect(refusal(policy({ ...ALLOW, Sid: 'With space' }), 'identity')).to.include('letters and digits');
    expect(refusal(policy(ALLOW), 'resource')).to.equal('Statement 1: Principal is missing.');
    const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
    expect(parsePolicy(policy(trust), 'trust').Statement).to.have.length(1);
    expect(refusal(policy({ ...trust, Resource: '*' }), 'trust')).to.include('must not name a Resource');
    expect(
      parsePolicy(policy({ ...trust, Sid: 'A' }, { ...trust, Sid: 'A' }), 'resource').Statement,
    ).to.have.length(2);
  });

  it('does not take equal keys of different objects for duplicates', () => {
    const text =
      '{"Statement":[{"Effect":"Allow","Action":["a:b","a:b"],"Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}';
    expect(parsePolicy(text).Statement).to.have.length(2);
  });

  it('survives deep nesting', () => {
    expect(refusal('['.repeat(100_000))).to.include('not valid JSON');
    expect(refusal('['.repeat(60_000) + ']'.repeat(60_000))).to.include('expected a JSON object');
    const deep = `{"Statement":{"Effect":"Allow","Resource":"*","Action":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect(refusal(deep)).to.include('expected a string, found an array');
  });

  /** Either a document or a PolicySyntaxError; anything else thrown fails the property. */
  function parsesOrRefuses(source: string | object): void {
    try {
      parsePolicy(source);
    } catch (error) {
      if (!(error instanceof PolicySyntaxError)) throw error;
      expect(error.message).to.match(/^\S.*: .*\.$/su);
    }
  }

  it('throws nothing else, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), parsesOrRefuses), { numRuns: 1000 });
  });

  it('throws nothing else, whatever stands in a policy', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('*', 'Allow', 'kms:Decrypt', 'arn:aws:s3:::b'),
    );
    const names = [
      'Sid',
      'Effect',
      'Action',
      'NotAction',
      'Resource',
      'Principal',
      'Condition',
      '__proto__',
      'constructor',
    ];
    const statement = fc.dictionary(fc.constantFrom(...names), value);
    const condition = fc.dictionary(
      fc.constantFrom('StringEquals', 'Null', 'ForAllValues:Bool', '__proto__', 'hasOwnProperty'),
      fc.oneof(value, fc.dictionary(fc.constantFrom('aws:x', '__proto__', ':'), value)),
    );
    const whole = fc.record({
      Version: fc.oneof(fc.constant('2012-10-17'), value),
      Statement: fc.oneof(
        statement,
        fc.array(statement),
        condition.map((Condition) => ({ ...ALLOW, Condition })),
        fc
          .dictionary(fc.constantFrom('AWS', 'Service', '__proto__'), value)
          .map((Principal) => ({ ...ALLOW, Principal })),
      ),
    });
    fc.assert(
      fc.property(whole, (document) => {
        parsesOrRefuses(document);
        parsesOrRefuses(JSON.stringify(document));
      }),
      { numRuns: 2000 },
    );
  });
});
