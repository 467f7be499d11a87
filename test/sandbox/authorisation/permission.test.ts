import { expect } from 'chai';
import { permission } from '../../../sandbox/authorisation/permission.ts';
import { arnOfType } from '../../../sandbox/authorisation/resource-arn.ts';
import { actionReference } from '../../../sandbox/authorisation/service-reference.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const key = { type: 'key', arn: arnOfType('kms', 'key')(place, 'the-key') };

describe('a permission', () => {
  it('is for the resource', () => {
    expect(permission('kms:Encrypt', key)).to.deep.equal({
      action: 'kms:Encrypt',
      resource: 'arn:aws:kms:eu-west-1:123456789012:key/the-key',
      context: {},
    });
  });

  it('is for * where the reference knows no resource', () => {
    expect(permission('kms:ListKeys').resource).to.equal('*');
  });

  it('has the condition keys of the action, of the resource type, and of every request', () => {
    const context = {
      'kms:EncryptionContext:team': 'blue',
      'kms:KeySpec': 'SYMMETRIC_DEFAULT',
      'aws:ResourceTag/team': 'blue',
      'aws:ViaAWSService': 'true',
    };
    expect(permission('kms:Encrypt', key, { context }).context).to.deep.equal(context);
  });

  it('leaves out those that AWS does not have for it', () => {
    const context = {
      'kms:EncryptionContext:team': 'blue',
      'kms:EncryptionContextKeys': ['team'],
      'aws:RequestTag/team': 'blue',
      'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    };
    expect(permission('kms:DescribeKey', key, { context }).context).to.deep.equal({
      'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    });
  });

  it('keeps what else is known of it', () => {
    const user = { type: 'user', arn: arnOfType('iam', 'user')(place, 'lab/ann') };
    expect(permission('iam:GetUser', user, { resourceLabel: 'user ann' })).to.include({
      resource: 'arn:aws:iam::123456789012:user/lab/ann',
      resourceLabel: 'user ann',
    });
  });

  it('cannot be formed for what AWS does not have', () => {
    expect(() => permission('kms:ReEncrypt', key)).to.throw('has no action kms:ReEncrypt');
    expect(() => permission('s3:GetObject')).to.throw('has no action s3:GetObject');
    expect(() => permission('kms:Encrypt')).to.throw('kms:Encrypt needs a resource: key');
    expect(() => permission('kms:ListKeys', key)).to.throw('kms:ListKeys has no resource of type key');
    expect(() => permission('kms:Encrypt', { ...key, type: 'alias' })).to.throw(
      'has no resource of type alias',
    );
  });

  it('is not for what every object has', () => {
    for (const action of ['kms:constructor', 'kms:__proto__', '__proto__:Encrypt', '']) {
      expect(actionReference(action), action).to.equal(undefined);
    }
  });
});

describe('the ARN of a resource type', () => {
  it('takes its names in the order of the template', () => {
    expect(arnOfType('dynamodb', 'index')(place, 'orders', 'by-date')).to.equal(
      'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/by-date',
    );
    expect(() => arnOfType('dynamodb', 'index')(place, 'orders')).to.throw('There is no IndexName');
  });

  it('has no Region where the service is global', () => {
    expect(arnOfType('iam', 'role')(place, 'lab/reader')).to.equal(
      'arn:aws:iam::123456789012:role/lab/reader',
    );
  });
});
