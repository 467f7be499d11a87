import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { toEvidence } from '../../runner/accounts/evidence.ts';
import { scrub } from '../../runner/accounts/scrub.ts';
import { toCallError } from '../../runner/accounts/sdk-errors.ts';

const token = `IQoJb3JpZ2luX2VjE${randomBytes(300).toString('base64')}`;
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const signature = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

describe('messages of AWS', () => {
  for (const [what, message, hidden] of [
    [
      'the canonical request of a refused signature',
      `The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nhost:sts.amazonaws.com\nx-amz-date:20260101T000000Z\nx-amz-security-token:${token}\n\nhost;x-amz-date\nabc'`,
      token,
    ],
    [
      'an authorization header',
      `Credential must have five parts: Authorization=AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=${signature}`,
      signature,
    ],
    [
      'a signed address',
      `GET /?X-Amz-Security-Token=${encodeURIComponent(token)}&X-Amz-Signature=${signature} failed`,
      signature,
    ],
    ['a token by itself', `The security token ${token} included in the request is invalid`, token],
    ['a secret key', `Unexpected "SecretAccessKey":"${secret}" in the answer`, secret],
    ['a bearer token', `401 for Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc`, 'eyJhbGciOiJIUzI1NiJ9'],
  ] as const) {
    it(`lose ${what}`, () => {
      expect(message).to.include(hidden);
      expect(scrub(message)).to.include('(removed)').and.not.include(hidden).and.not.include(token);
    });
  }

  it('lose it as well where CloudTrail recorded it', () => {
    const CloudTrailEvent = JSON.stringify({ responseElements: { credentials: { sessionToken: token } } });
    const kept = JSON.stringify(toEvidence({ Events: [{ EventId: 'e1', CloudTrailEvent }] }));
    expect(kept).to.include('e1').and.not.include(token);
  });

  it('keep what a learner needs', () => {
    for (const message of [
      'User: arn:aws:iam::123456789012:user/division/team/with/a/rather/long/path/Name1 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key/13ad0b1d-aae3-435e-adbf-03652c904d01 because no identity-based policy allows the kms:Decrypt action',
      'The Access Key AKIAIOSFODNN7EXAMPLE with id cannot be found.',
      `You are not authorized. Encoded authorization failure message: ${'Xb9'.repeat(200)}`,
      'Requested resource not found: Table: nextwork-kms-table not found',
    ]) {
      expect(scrub(message)).to.equal(message);
    }
  });

  it('lose every session token and every secret key that AWS could make', () => {
    const base64 = (bytes: number) =>
      fc
        .uint8Array({ minLength: bytes, maxLength: bytes })
        .map((data) => Buffer.from(data).toString('base64'));
    const isSecret = (text: string) => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
    fc.assert(
      fc.property(base64(30).filter(isSecret), base64(200), (key, rest) => {
        const { message } = toCallError('kms:Decrypt', new Error(`wrong: ${key}, FwoGZXIvYXdz${rest}.`));
        return !message.includes(key) && !message.includes(rest);
      }),
    );
  });
});
