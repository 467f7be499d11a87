import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import {
  accountId,
  allow,
  allowUser,
  denied,
  policyText,
  rootArn,
  rootStatement,
  Scene,
  userArn,
} from './scene.ts';

const defaultPolicy = `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::${accountId}:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`;

const invalidPrincipals = {
  name: 'MalformedPolicyDocumentException',
  message: 'Policy contains a statement with one or more invalid principals.',
  status: 400,
};

const lockedOut = {
  name: 'MalformedPolicyDocumentException',
  message: 'The new key policy will not allow you to update the key policy in the future.',
  status: 400,
};

describe('KMS key policies', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
    await scene.user('policy-author');
    await scene.user('policy-writer');
  });
  after(() => scene.close());

  const put = async (statements: readonly object[], bypass?: boolean) => {
    const { id } = await scene.key();
    await scene.kms.putKeyPolicy({
      KeyId: id,
      Policy: policyText(statements),
      BypassPolicyLockoutSafetyCheck: bypass,
    });
    return id;
  };

  describe('GetKeyPolicy and ListKeyPolicies', () => {
    it('show the policy of a key that was made without one', async () => {
      const { id } = await scene.key();
      const answer = await scene.kms.getKeyPolicy({ KeyId: id });
      expect(answer.Policy).to.equal(defaultPolicy);
      expect(answer.PolicyName).to.equal('default');
      expect(await scene.kms.listKeyPolicies({ KeyId: id })).to.deep.include({
        PolicyNames: ['default'],
        Truncated: false,
      });
    });

    it('know no other policy name', async () => {
      const { id } = await scene.key();
      const request = scene.kms.getKeyPolicy({ KeyId: id, PolicyName: 'other' });
      expect((await refusal(request)).name).to.equal('NotFoundException');
    });
  });

  describe('PutKeyPolicy', () => {
    it('keeps content and order, in the formatting of AWS', async () => {
      const policy = {
        Id: 'key-consolepolicy-3',
        Version: '2012-10-17',
        Statement: [
          rootStatement,
          {
            Sid: 'Allow use of the key',
            Effect: 'Allow',
            Principal: { AWS: [userArn('policy-writer'), userArn('policy-author')] },
            Action: ['kms:Encrypt', 'kms:Decrypt'],
            Resource: '*',
            Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
          },
        ],
      };
      const { id } = await scene.key();
      await scene.kms.putKeyPolicy({ KeyId: id, Policy: JSON.stringify(policy) });
      const { Policy = '' } = await scene.kms.getKeyPolicy({ KeyId: id });
      expect(JSON.stringify(JSON.parse(Policy))).to.equal(JSON.stringify(policy));
      expect(Policy).to.match(/^\{\n {2}"Id" : "key-consolepolicy-3",\n/);
      expect(Policy).to.include(
        `"AWS" : [ "${userArn('policy-writer')}", "${userArn('policy-author')}" ]\n    },\n`,
      );
      expect(Policy).to.include('"Bool" : {\n        "kms:GrantIsForAWSResource" : true\n      }');
    });

    it('says nothing about what is wrong with a malformed policy', async () => {
      const { id } = await scene.key();
      for (const Policy of [
        'not a policy',
        '{',
        '[]',
        '{"Version":"2012-10-17","Statement":[]}',
        policyText([{ ...rootStatement, Effect: 'Maybe' }]),
        policyText([allow('kms:*')]),
      ]) {
        const sent = await scene.refusalSent(scene.kms.putKeyPolicy({ KeyId: id, Policy }));
        expect(sent, Policy).to.deep.equal({ code: 'MalformedPolicyDocumentException', message: '' });
      }
      expect((await scene.kms.getKeyPolicy({ KeyId: id })).Policy).to.equal(defaultPolicy);
    });

    it('wants principals that exist', async () => {
      for (const principal of [
        { AWS: userArn('nobody-has-this-name') },
        { AWS: [rootArn, `arn:aws:iam::${accountId}:role/no-such-role`] },
        { AWS: 'arn:aws:iam::111122223333:user/elsewhere' },
        { AWS: `arn:aws:sts::${accountId}:assumed-role/no-such-role/session` },
        { AWS: 'AIDAQQQQQQQQQQQQQQQQQ' },
        { Service: 'not a service' },
      ]) {
        const statement = { ...allow('kms:Decrypt'), Principal: principal };
        expect(await refusal(put([rootStatement, statement])), JSON.stringify(principal)).to.deep.equal(
          invalidPrincipals,
        );
      }
    });

    it('accepts accounts, users, roles, their sessions and services', async () => {
      await scene.iam.createRole({
        RoleName: 'policy-role',
        AssumeRolePolicyDocument: policyText([
          { Effect: 'Allow', Principal: { AWS: rootArn }, Action: 'sts:AssumeRole' },
        ]),
      });
      for (const principal of [
        '*',
        { AWS: '*' },
        { AWS: '111122223333' },
        { AWS: 'arn:aws:iam::111122223333:root' },
        { AWS: [userArn('policy-author'), `arn:aws:iam::${accountId}:role/policy-role`] },
        { AWS: `arn:aws:sts::${accountId}:assumed-role/policy-role/session` },
        { Service: 'dynamodb.amazonaws.com' },
      ]) {
        await put([rootStatement, { ...allow('kms:DescribeKey'), Principal: principal }]);
      }
    });

    it('does not know a user that was deleted', async () => {
      await scene.iam.createUser({ UserName: 'policy-brief' });
      await put([rootStatement, allowUser('policy-brief', 'kms:Decrypt')]);
      await scene.iam.deleteUser({ UserName: 'policy-brief' });
      expect(await refusal(put([rootStatement, allowUser('policy-brief', 'kms:Decrypt')]))).to.deep.equal(
        invalidPrincipals,
      );
    });

    it('refuses a policy larger than 32 KB', async () => {
      const { id } = await scene.key();
      const Policy = policyText([{ ...rootStatement, Sid: 'x'.repeat(32 * 1024) }]);
      const { name } = await refusal(scene.kms.putKeyPolicy({ KeyId: id, Policy }));
      expect(name).to.equal('LimitExceededException');
    });

    it('takes a statement without Resource and gives it no effect', async () => {
      const author = await scene.user('policy-idle');
      const statement = allowUser('policy-idle', 'kms:DescribeKey') as Record<string, unknown>;
      const { Resource: _resource, ...idle } = statement;
      const id = await put([rootStatement, idle]);
      expect((await refusal(author.kms.describeKey({ KeyId: id }))).name).to.equal('AccessDeniedException');
    });
  });

  describe('the lock-out check', () => {
    it('keeps a caller from giving the key away', async () => {
      const statements = [allowUser('policy-author', 'kms:*')];
      expect(await refusal(put(statements))).to.deep.equal(lockedOut);
      expect(await refusal(scene.kms.createKey({ Policy: policyText(statements) }))).to.deep.equal(lockedOut);
    });

    it('counts an explicit deny and a condition that does not hold', async () => {
      const principal = { Principal: { AWS: userArn('administrator') } };
      const deny = { ...principal, Effect: 'Deny', Action: 'kms:PutKeyPolicy', Resource: '*' };
      expect(await refusal(put([rootStatement, deny]))).to.deep.equal(lockedOut);
      const elsewhere = {
        ...rootStatement,
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      };
      expect(await refusal(put([elsewhere]))).to.deep.equal(lockedOut);
    });

    it('is satisfied by the caller in person, without the account', async () => {
      await put([allowUser('administrator', 'kms:PutKeyPolicy')]);
    });

    it('can be bypassed, and then the key is out of reach', async () => {
      const id = await put([allowUser('policy-author', 'kms:DescribeKey')], true);
      const { metadata } = await scene.key();
      const arn = metadata.Arn?.replace(metadata.KeyId ?? '', id) ?? '';
      expect(await refusal(scene.kms.putKeyPolicy({ KeyId: id, Policy: defaultPolicy }))).to.deep.equal(
        denied(
          'administrator',
          'kms:PutKeyPolicy',
          arn,
          'because no resource-based policy allows the kms:PutKeyPolicy action',
        ),
      );
    });

    it('can be made obligatory by a condition key', async () => {
      const careful = {
        ...allowUser('administrator', 'kms:PutKeyPolicy', {
          Null: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' },
        }),
      };
      const id = await put([careful]);
      const Policy = policyText([careful]);
      await scene.kms.putKeyPolicy({ KeyId: id, Policy });
      const request = scene.kms.putKeyPolicy({ KeyId: id, Policy, BypassPolicyLockoutSafetyCheck: true });
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    });
  });
});
