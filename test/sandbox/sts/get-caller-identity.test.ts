import { DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { startAccount, type TestAccount } from '../iam/account.ts';

describe('STS', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
  });
  after(() => account.sandbox.close());

  it('tells every caller who it is, even one who is denied everything', async () => {
    const denied = await account.user('denied', [{ Effect: 'Deny', Action: '*', Resource: '*' }]);
    const { User } = await account.iam.getUser({ UserName: 'denied' });
    const { $metadata, ...identity } = await account.stsFor(denied).getCallerIdentity({});
    expect(identity).to.deep.equal({ Account: '123456789012', Arn: User?.Arn, UserId: User?.UserId });
  });

  it('answers with the ARN under the path that the user has now', async () => {
    const key = await account.user('mover');
    await account.iam.updateUser({ UserName: 'mover', NewPath: '/a/b/' });
    const { Arn } = await account.stsFor(key).getCallerIdentity({});
    expect(Arn).to.equal('arn:aws:iam::123456789012:user/a/b/mover');
  });

  it('names the operations that it does not have', async () => {
    const sts = account.stsFor(account.sandbox.administrator);
    const command = new DecodeAuthorizationMessageCommand({ EncodedMessage: 'abc' });
    const error = await sts.send(command).catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('name', 'InvalidAction');
    expect(error).to.have.property(
      'message',
      'The sandbox does not have the operation sts:DecodeAuthorizationMessage.',
    );
  });
});
