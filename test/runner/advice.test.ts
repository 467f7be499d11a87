import { expect } from 'chai';
import { CallError } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { causeOf } from '../../runner/accounts/cause.ts';
import { NoCredentials } from '../../runner/accounts/no-credentials.ts';
import { adviceFor } from '../../runner/advice.ts';

const fault = (code: string, message = 'no', status?: number) =>
  new CallError('kms:DescribeKey', { code, message, ...(status !== undefined && { status }) });

describe('advice on what could not be judged', () => {
  for (const [code, message, said] of [
    ['AccessDeniedException', 'is not authorized to perform: kms:Decrypt on', '`kms:Decrypt`'],
    ['AccessDenied', 'Access denied', '`kms:DescribeKey`'],
    ['UnrecognizedClientException', 'The security token is invalid', 'the Region is not enabled'],
    ['SignatureDoesNotMatch', 'The request signature', 'does not belong to the access key'],
    ['InvalidSignatureException', 'Signature expired: 20260101T000000Z', 'clock'],
    ['ExpiredTokenException', 'The security token is expired', 'aws sso login'],
    ['SubscriptionRequiredException', 'The AWS Access Key Id needs a subscription', 'new account'],
    ['ThrottlingException', 'Rate exceeded', 'slow down'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND kms.eu-nowhere-1.amazonaws.com', '--region'],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9', 'Nothing answered'],
  ] as const) {
    it(`for ${code} (${message.slice(0, 30)})`, () => {
      expect(adviceFor(fault(code, message))).to.include(said);
    });
  }

  it('for trouble on AWS’s side whatever its code, and for what nobody knows', () => {
    expect(adviceFor(fault('Whatever', 'no', 503))).to.include('trouble of its own');
    expect(causeOf(fault('Whatever', 'no', 400))).to.equal('unknown');
    expect(adviceFor(fault('Whatever', 'no', 400))).to.include('please report');
  });

  it('tells a disk that is full from a fault of the check', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    expect(adviceFor(full)).to.include('Make room');
    expect(adviceFor(new TypeError('x is undefined'))).to.include('fault of the check');
    expect(adviceFor('thrown as a text')).to.include('fault of the check');
  });

  it('names the profile that gives no credentials', () => {
    const error = new NoCredentials('kms:Scan', { code: 'CredentialsProviderError', message: '' }, 'tester');
    expect(adviceFor(error)).to.include('`tester`');
    expect(adviceFor(new NotJudged('Not told.', 'Wait.', [error]))).to.match(/^Wait\. .*`tester`/);
  });

  it('says of a call whether it was answered, not answered, or not made', () => {
    expect(fault('AccessDenied', 'no', 403).sentence).to.include('was answered with AccessDenied');
    expect(fault('ECONNREFUSED').sentence).to.equal('kms:DescribeKey was not answered (ECONNREFUSED): no');
    expect(fault('CredentialsProviderError').sentence).to.include('was not made');
  });
});
