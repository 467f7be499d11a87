import { expect } from 'chai';
import { AwsError } from '../../../sandbox/aws-error.ts';
import { awsJson } from '../../../sandbox/protocol/aws-json.ts';

describe('awsJson', () => {
  const protocol = awsJson({ version: '1.1' });
  const bodyOf = (error: AwsError): unknown =>
    JSON.parse(protocol.serialiseError(error, 'request-id').body.toString('utf8'));

  it('writes an error with its text, and without the member where there is none', () => {
    expect(bodyOf(new AwsError('DisabledException', 'It is disabled.'))).to.deep.equal({
      __type: 'DisabledException',
      message: 'It is disabled.',
    });
    expect(bodyOf(new AwsError('InvalidCiphertextException', ''))).to.deep.equal({
      __type: 'InvalidCiphertextException',
    });
  });
});
