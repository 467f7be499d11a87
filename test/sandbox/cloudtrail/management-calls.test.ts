import { expect } from 'chai';
import { isReadOnly } from '../../../sandbox/services/cloudtrail/management-calls.ts';

describe('the calls of the event history', () => {
  const reading = [
    'cloudtrail:LookupEvents',
    'dynamodb:DescribeTable',
    'iam:GetLoginProfile',
    'iam:SimulatePrincipalPolicy',
    'kms:Decrypt',
    'kms:ListGrants',
    'kms:ReEncrypt',
    'sts:AssumeRole',
    'sts:GetSessionToken',
  ];
  const writing = ['dynamodb:TagResource', 'iam:AttachUserPolicy', 'kms:CreateKey', 'sts:GetFederationToken'];
  for (const call of [...reading, ...writing]) {
    it(`${call} ${reading.includes(call) ? 'only reads' : 'does not only read'}`, () => {
      const [service = '', operation = ''] = call.split(':');
      expect(isReadOnly(service, operation)).to.equal(reading.includes(call));
    });
  }
});
