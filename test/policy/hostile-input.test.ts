/** Inputs made to be slow. They finish well within the test's time limit, or the run fails. */

import { expect } from 'chai';
import { evaluate } from '../../policy/evaluate.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { AccessRequest } from '../../policy/request.ts';

const LIMIT = 120_000;
const variable = (name: string) => `\${${name}}`;

function decide(statement: object, request: Partial<AccessRequest> = {}): string {
  const document = parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } }),
  );
  const account = '111122223333';
  return evaluate(
    {
      principal: { kind: 'user', arn: `arn:aws:iam::${account}:user/a`, accountId: account, userId: 'AIDAA' },
      action: 'kms:Decrypt',
      resource: '*',
      resourceAccount: account,
      context: {},
      ...request,
    },
    { identity: [{ name: 'hostile', document }] },
  ).effect;
}

describe('hostile input', () => {
  it('a long resource pattern of stars', () => {
    const pattern = `arn:aws:s3:::${'*a'.repeat(LIMIT / 2)}b`;
    const resource = `arn:aws:s3:::${'a'.repeat(2000)}`;
    expect(decide({ Action: '*', Resource: pattern }, { resource })).to.equal('implicitDeny');
  });

  it('many patterns that nearly match', () => {
    const patterns = Array.from({ length: 20 }, (_, at) => `arn:aws:s3:::*${'a'.repeat(1000)}${at}b`);
    const resource = `arn:aws:s3:::${'a'.repeat(2000)}`;
    expect(decide({ Action: '*', Resource: patterns }, { resource })).to.equal('implicitDeny');
  });

  it('a long resource pattern of variables', () => {
    const pattern = `arn:aws:s3:::${variable('aws:x').repeat(LIMIT / 8)}`;
    const request = { resource: 'arn:aws:s3:::a', context: { 'aws:x': 'a'.repeat(2000) } };
    expect(decide({ Action: '*', Resource: pattern }, request)).to.equal('implicitDeny');
  });

  it('a long action pattern', () => {
    expect(decide({ Action: `kms:${'*?'.repeat(LIMIT / 2)}`, Resource: '*' })).to.equal('implicitDeny');
  });

  for (const [name, text] of [
    ['unclosed variables', '${'.repeat(LIMIT / 2)],
    ['unclosed quotes', "${a, '".repeat(LIMIT / 6)],
    ['a quote in every variable', variable("a'").repeat(LIMIT / 5)],
    ['many variables without a value', variable('aws:y').repeat(LIMIT / 8)],
    ['many variables with a short value', variable('aws:username').repeat(LIMIT / 15)],
    ['many variables with a long value', variable('aws:x').repeat(LIMIT / 8)],
    ['a long name', variable('a'.repeat(LIMIT))],
  ] as const) {
    it(`template: ${name}`, () => {
      const effect = decide(
        { Action: '*', Resource: '*', Condition: { StringLike: { 'aws:x': text } } },
        { context: { 'aws:x': 'a'.repeat(2000), 'aws:username': 'a' } },
      );
      expect(effect).to.equal('implicitDeny');
    });
  }

  for (const [operator, expected, actual] of [
    ['IpAddress', `${':'.repeat(LIMIT)}`, '::1'],
    ['IpAddress', '::/0', '1:'.repeat(LIMIT)],
    ['IpAddress', `0.0.0.0/${'9'.repeat(LIMIT)}`, '203.0.113.1'],
    ['NumericEquals', '1'.repeat(LIMIT), '1'],
    ['NumericEquals', '1', `${'1'.repeat(LIMIT)}x`],
    ['DateEquals', '2026', `2026-01-01T00:00:00.${'0'.repeat(LIMIT)}x`],
    ['BinaryEquals', 'YQ==', '='.repeat(LIMIT)],
    ['BinaryEquals', 'YQ==', `${'A'.repeat(LIMIT)}!`],
    ['ArnLike', 'arn:*:*:*:*:*', ':'.repeat(LIMIT)],
    ['ArnLike', ':'.repeat(LIMIT), 'arn:aws:iam::1:user/a'],
  ] as const) {
    it(`${operator} ${expected.slice(0, 8)}... for ${actual.slice(0, 8)}...`, () => {
      const effect = decide(
        { Action: '*', Resource: '*', Condition: { [operator]: { 'aws:x': expected } } },
        { context: { 'aws:x': actual } },
      );
      expect(effect).to.equal('implicitDeny');
    });
  }

  it('a context with the names of built-in properties', () => {
    const context = JSON.parse('{"__proto__":"x","constructor":"y"}');
    const effect = decide(
      { Action: '*', Resource: '*', Condition: { Null: { 'aws:x': 'true' } } },
      { context },
    );
    expect(effect).to.equal('allowed');
  });

  it('one document evaluated ten thousand times', () => {
    const document = parsePolicy({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'kms:*', Resource: 'arn:aws:kms:*:*:key/*' },
    });
    const request: AccessRequest = {
      principal: {
        kind: 'user',
        arn: 'arn:aws:iam::111122223333:user/a',
        accountId: '111122223333',
        userId: 'AIDAA',
      },
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:eu-west-1:111122223333:key/1',
      resourceAccount: '111122223333',
      context: {},
    };
    const effects = Array.from(
      { length: 10_000 },
      () => evaluate(request, { identity: [{ name: 'p', document }] }).effect,
    );
    expect(new Set(effects)).to.deep.equal(new Set(['allowed']));
  });
});
