import type { CreateGrantCommandInput } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import {
  allow,
  allowUser,
  bytes,
  denied,
  rootArn,
  Scene,
  type TestKey,
  type User,
  userArn,
} from './scene.ts';

describe('KMS grants', () => {
  let scene: Scene;
  let key: TestKey;
  let grantee: User;
  let retirer: User;
  before(async () => {
    scene = await Scene.start();
    grantee = await scene.user('grantee');
    retirer = await scene.user('retirer');
  });
  beforeEach(async () => {
    key = await scene.key();
  });
  after(() => scene.close());

  const create = async (input: Partial<CreateGrantCommandInput> = {}) => {
    const { GrantId = '', GrantToken = '' } = await scene.kms.createGrant({
      KeyId: key.id,
      GranteePrincipal: grantee.arn,
      Operations: ['Encrypt', 'Decrypt'],
      ...input,
    });
    return { GrantId, GrantToken };
  };
  const tryToUse = (context?: Record<string, string>) =>
    grantee.kms.encrypt({ KeyId: key.id, Plaintext: bytes('x'), EncryptionContext: context });
  const isDenied = async (request: Promise<unknown>) =>
    expect((await refusal(request)).name).to.equal('AccessDeniedException');

  describe('CreateGrant', () => {
    it('allows its grantee its operations, without any policy', async () => {
      await isDenied(tryToUse());
      await create();
      const { CiphertextBlob } = await tryToUse();
      await grantee.kms.decrypt({ CiphertextBlob });
      await isDenied(grantee.kms.generateDataKey({ KeyId: key.id, KeySpec: 'AES_256' }));
      await isDenied(retirer.kms.encrypt({ KeyId: key.id, Plaintext: bytes('x') }));
    });

    it('works on a key whose policy does not delegate to the account', async () => {
      key = await scene.keyWith([allowUser('administrator', 'kms:CreateGrant')], { delegates: false });
      await create();
      await tryToUse();
    });

    it('gives way to an explicit deny', async () => {
      await create();
      await tryToUse();
      await scene.allow('grantee', [{ Effect: 'Deny', Action: 'kms:Encrypt', Resource: key.arn }]);
      expect(await refusal(tryToUse())).to.deep.equal(
        denied('grantee', 'kms:Encrypt', key.arn, 'with an explicit deny in an identity-based policy'),
      );
      await scene.iam.deleteUserPolicy({ UserName: 'grantee', PolicyName: 'inline' });
      await tryToUse();
    });

    it('can demand an exact encryption context', async () => {
      await create({ Constraints: { EncryptionContextEquals: { department: 'IT' } } });
      await tryToUse({ department: 'IT' });
      await isDenied(tryToUse());
      await isDenied(tryToUse({ department: 'it' }));
      await isDenied(tryToUse({ department: 'IT', more: '1' }));
      await isDenied(tryToUse({ more: '1' }));
    });

    it('can demand a part of the encryption context', async () => {
      await create({
        Operations: ['Encrypt', 'DescribeKey'],
        Constraints: { EncryptionContextSubset: { department: 'IT' } },
      });
      await tryToUse({ department: 'IT' });
      await tryToUse({ department: 'IT', more: '1' });
      await isDenied(tryToUse());
      await isDenied(tryToUse({ department: 'Sales' }));
      await isDenied(tryToUse({ more: '1' }));
      await grantee.kms.describeKey({ KeyId: key.id });
    });

    it('makes one grant of a name and terms, with a new token each time', async () => {
      const named = { Name: 'once', Constraints: { EncryptionContextSubset: { a: 'b' } } };
      const first = await create(named);
      const second = await create(named);
      expect(second.GrantId).to.equal(first.GrantId);
      expect(second.GrantToken).not.to.equal(first.GrantToken);
      expect((await create({ ...named, Operations: ['Encrypt'] })).GrantId).not.to.equal(first.GrantId);
      expect((await create()).GrantId).not.to.equal((await create()).GrantId);
    });

    it('says what it does not take', async () => {
      for (const [input, name, message] of [
        [
          { GranteePrincipal: userArn('nobody') },
          'InvalidArnException',
          `ARN does not refer to a valid principal: ${userArn('nobody')}`,
        ],
        [{ GranteePrincipal: '*' }, 'ValidationException', undefined],
        [{ RetiringPrincipal: '123456789012' }, 'InvalidArnException', undefined],
        [{ GranteePrincipal: undefined }, 'ValidationException', 'GranteePrincipal is required.'],
        [{ Operations: [] }, 'ValidationException', 'Operations must name at least one operation.'],
        [
          { Operations: ['Sign'] },
          'ValidationException',
          `${key.arn} does not support the grant operations [Sign].`,
        ],
        [
          { Constraints: { SourceArn: 'arn:aws:s3:::bucket' } },
          'ValidationException',
          'The sandbox does not have CreateGrant with Constraints.SourceArn.',
        ],
        [
          { GranteeServicePrincipal: 's3.amazonaws.com' },
          'ValidationException',
          'The sandbox does not have CreateGrant with GranteeServicePrincipal.',
        ],
        [{ DryRun: true }, 'DryRunOperationException', undefined],
        [{ GrantTokens: ['not a token'] }, 'InvalidGrantTokenException', undefined],
      ] as const) {
        const sent = await refusal(create(input as unknown as Partial<CreateGrantCommandInput>));
        expect(sent.name, JSON.stringify(input)).to.equal(name);
        if (message !== undefined) expect(sent.message).to.equal(message);
      }
      const { message } = await refusal(create({ Operations: ['Decrypt', 'Fly' as 'Decrypt'] }));
      expect(message).to.match(
        /^1 validation error detected: Value '\[Decrypt, Fly\]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[/,
      );
      expect((await scene.kms.listGrants({ KeyId: key.id })).Grants).to.deep.equal([]);
    });

    it('takes an encryption context for symmetric keys only', async () => {
      key = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      const Operations = ['GenerateMac' as const];
      await create({ Operations });
      expect(
        (await refusal(create({ Operations, Constraints: { EncryptionContextSubset: { a: 'b' } } }))).message,
      ).to.equal(
        'EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.',
      );
    });

    it('takes up to 8 pairs of up to 384 characters in a constraint', async () => {
      const pairs = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']));
      await create({ Constraints: { EncryptionContextSubset: pairs(8) } });
      await create({ Constraints: { EncryptionContextEquals: { a: 'x'.repeat(384) } } });
      for (const EncryptionContextSubset of [pairs(9), { a: 'x'.repeat(385) }]) {
        const request = create({ Constraints: { EncryptionContextSubset } });
        expect((await refusal(request)).name).to.equal('ValidationException');
      }
    });

    it('accepts grant tokens, up to ten', async () => {
      const { GrantToken } = await create();
      const encrypt = (GrantTokens: string[]) =>
        grantee.kms.encrypt({ KeyId: key.id, Plaintext: bytes('x'), GrantTokens });
      await encrypt([GrantToken]);
      expect((await refusal(encrypt(Array.from({ length: 11 }, () => GrantToken)))).message).to.match(
        /at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10$/,
      );
      const fake = Buffer.from('{"keyArn":1}').toString('base64');
      expect((await refusal(encrypt([fake]))).name).to.equal('InvalidGrantTokenException');
    });

    it('is known to policies by grantee, operations, constraint and retirer', async () => {
      const user = await scene.user('granting-limited');
      key = await scene.keyWith([
        allowUser('granting-limited', 'kms:CreateGrant', {
          StringEquals: {
            'kms:GranteePrincipal': grantee.arn,
            'kms:RetiringPrincipal': retirer.arn,
            'kms:GrantConstraintType': 'EncryptionContextSubset',
            'kms:EncryptionContext:department': 'IT',
          },
          'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt', 'Decrypt'] },
        }),
      ]);
      const wanted: CreateGrantCommandInput = {
        KeyId: key.id,
        GranteePrincipal: grantee.arn,
        RetiringPrincipal: retirer.arn,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: { department: 'IT' } },
      };
      await user.kms.createGrant(wanted);
      for (const change of [
        { GranteePrincipal: user.arn },
        { RetiringPrincipal: undefined },
        { Operations: ['Decrypt', 'DescribeKey'] },
        { Constraints: { EncryptionContextEquals: { department: 'IT' } } },
        { Constraints: { EncryptionContextSubset: { department: 'Sales' } } },
        { Constraints: undefined },
      ]) {
        await isDenied(user.kms.createGrant({ ...wanted, ...change } as CreateGrantCommandInput));
      }
    });

    it('through a console policy is for AWS services only', async () => {
      const user = await scene.user('granting-console');
      key = await scene.keyWith([
        allowUser('granting-console', ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], {
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
        }),
      ]);
      const GranteePrincipal = user.arn;
      await isDenied(user.kms.createGrant({ KeyId: key.id, GranteePrincipal, Operations: ['Decrypt'] }));
      await isDenied(user.kms.listGrants({ KeyId: key.id }));
    });
  });

  describe('a grant to make grants', () => {
    const handOn = (input: Partial<CreateGrantCommandInput>) =>
      grantee.kms.createGrant({
        KeyId: key.id,
        GranteePrincipal: retirer.arn,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: { department: 'IT' } },
        ...input,
      });

    beforeEach(() =>
      create({
        Operations: ['Decrypt', 'CreateGrant'],
        Constraints: { EncryptionContextSubset: { department: 'IT' } },
      }),
    );

    it('hands on what it holds, as strictly or more strictly', async () => {
      await handOn({});
      await handOn({ Operations: ['Decrypt', 'CreateGrant'] });
      await handOn({ Constraints: { EncryptionContextSubset: { department: 'IT', more: '1' } } });
      await handOn({ Constraints: { EncryptionContextEquals: { department: 'IT' } } });
    });

    it('hands on nothing else', async () => {
      await isDenied(handOn({ Operations: ['Decrypt', 'Encrypt'] }));
      await isDenied(handOn({ Constraints: undefined }));
      await isDenied(handOn({ Constraints: { EncryptionContextSubset: { department: 'Sales' } } }));
    });
  });

  describe('ListGrants and ListRetirableGrants', () => {
    it('show grants as they were made', async () => {
      const { GrantId } = await create({
        Name: 'shown',
        RetiringPrincipal: retirer.arn,
        Constraints: { EncryptionContextEquals: { department: 'IT' } },
      });
      const { Grants, Truncated } = await scene.kms.listGrants({ KeyId: key.id });
      const shown = {
        KeyId: key.arn,
        GrantId,
        Name: 'shown',
        CreationDate: Grants?.[0]?.CreationDate,
        GranteePrincipal: grantee.arn,
        RetiringPrincipal: retirer.arn,
        IssuingAccount: rootArn,
        Operations: ['Encrypt', 'Decrypt'],
        Constraints: { EncryptionContextEquals: { department: 'IT' } },
      };
      expect(Grants).to.deep.equal([shown]);
      expect(Truncated).to.equal(false);
      expect(shown.CreationDate).to.be.a('date');
      const retirable = await scene.kms.listRetirableGrants({ RetiringPrincipal: retirer.arn });
      expect(retirable.Grants).to.deep.include(shown);
      const none = await scene.kms.listRetirableGrants({ RetiringPrincipal: grantee.arn });
      expect(none.Grants).to.deep.equal([]);
    });

    it('find by grant and by grantee, in pages', async () => {
      const ids = [await create(), await create(), await create()].map(({ GrantId }) => GrantId);
      const other = await create({ GranteePrincipal: retirer.arn });
      const KeyId = key.id;
      const one = await scene.kms.listGrants({ KeyId, GrantId: other.GrantId });
      expect(one.Grants?.map((grant) => grant.GrantId)).to.deep.equal([other.GrantId]);
      expect((await refusal(scene.kms.listGrants({ KeyId, GrantId: 'unknown' }))).name).to.equal(
        'InvalidGrantIdException',
      );
      const first = await scene.kms.listGrants({ KeyId, GranteePrincipal: grantee.arn, Limit: 2 });
      expect(first.Truncated).to.equal(true);
      const second = await scene.kms.listGrants({
        KeyId,
        GranteePrincipal: grantee.arn,
        Limit: 2,
        Marker: first.NextMarker,
      });
      const seen = [...(first.Grants ?? []), ...(second.Grants ?? [])].map((grant) => grant.GrantId);
      expect(seen).to.have.members(ids);
    });
  });

  describe('RevokeGrant', () => {
    it('ends the grant', async () => {
      const { GrantId } = await create();
      await tryToUse();
      await scene.kms.revokeGrant({ KeyId: key.id, GrantId });
      await isDenied(tryToUse());
      expect((await refusal(scene.kms.revokeGrant({ KeyId: key.id, GrantId }))).name).to.equal(
        'NotFoundException',
      );
    });

    it('needs permission on the key', async () => {
      const { GrantId } = await create({ RetiringPrincipal: retirer.arn });
      await isDenied(grantee.kms.revokeGrant({ KeyId: key.id, GrantId }));
      await isDenied(retirer.kms.revokeGrant({ KeyId: key.id, GrantId }));
    });
  });

  describe('RetireGrant', () => {
    it('is for the retiring principal, who needs no permission', async () => {
      const { GrantId } = await create({ RetiringPrincipal: retirer.arn });
      await isDenied(grantee.kms.retireGrant({ KeyId: key.arn, GrantId }));
      await retirer.kms.retireGrant({ KeyId: key.arn, GrantId });
      await isDenied(tryToUse());
    });

    it('is for the grantee if the grant says so, and takes a grant token', async () => {
      const { GrantToken } = await create({
        Operations: ['Encrypt', 'RetireGrant'],
        Constraints: { EncryptionContextSubset: { a: 'b' } },
      });
      await grantee.kms.retireGrant({ GrantToken });
      expect((await refusal(grantee.kms.retireGrant({ GrantToken }))).name).to.equal('NotFoundException');
    });

    it('is for the account, which may hand it on; not by key policy', async () => {
      const inPolicy = await scene.user('retiring-in-policy');
      key = await scene.keyWith([allowUser('retiring-in-policy', 'kms:RetireGrant')]);
      const { GrantId } = await create();
      await isDenied(inPolicy.kms.retireGrant({ KeyId: key.arn, GrantId }));
      await scene.allow('retiring-in-policy', [allow('kms:RetireGrant')]);
      await inPolicy.kms.retireGrant({ KeyId: key.arn, GrantId });
    });

    it('can depend on the constraint of the grant', async () => {
      const user = await scene.user('retires-constrained', [
        allow('kms:RetireGrant', '*', {
          StringEquals: {
            'kms:GrantConstraintType': 'EncryptionContextSubset',
            'kms:EncryptionContext:team': 'blue',
          },
        }),
      ]);
      const blue = await create({ Constraints: { EncryptionContextSubset: { team: 'blue' } } });
      const red = await create({ Constraints: { EncryptionContextSubset: { team: 'red' } } });
      const free = await create({});
      await isDenied(user.kms.retireGrant({ KeyId: key.arn, GrantId: red.GrantId }));
      await isDenied(user.kms.retireGrant({ KeyId: key.arn, GrantId: free.GrantId }));
      await user.kms.retireGrant({ KeyId: key.arn, GrantId: blue.GrantId });
    });

    it('gives way to an explicit deny', async () => {
      const { GrantId } = await create({ RetiringPrincipal: retirer.arn });
      await scene.allow('retirer', [{ Effect: 'Deny', Action: 'kms:RetireGrant', Resource: '*' }]);
      expect((await refusal(retirer.kms.retireGrant({ KeyId: key.arn, GrantId }))).message).to.match(
        /with an explicit deny in an identity-based policy$/,
      );
      await scene.iam.deleteUserPolicy({ UserName: 'retirer', PolicyName: 'inline' });
    });

    it('wants a token, or key and grant', async () => {
      expect((await refusal(scene.kms.retireGrant({ KeyId: key.arn }))).name).to.equal('ValidationException');
      expect((await refusal(scene.kms.retireGrant({ GrantToken: 'abc' }))).name).to.equal(
        'InvalidGrantTokenException',
      );
    });
  });
});
