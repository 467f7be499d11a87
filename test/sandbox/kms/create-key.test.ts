import { KeySpec, type KeyUsageType } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, allow, policyText, region, rootStatement, Scene } from './scene.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('KMS CreateKey', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  it('makes a symmetric encryption key by default, with the metadata of 2025', async () => {
    const { metadata } = await scene.key({ Description: 'test key 123' });
    expect(metadata.KeyId).to.match(uuid);
    expect(metadata.CurrentKeyMaterialId).to.match(/^[0-9a-f]{64}$/);
    expect(metadata.CreationDate).to.be.a('date');
    expect(metadata).to.deep.equal({
      AWSAccountId: accountId,
      Arn: `arn:aws:kms:${region}:${accountId}:key/${metadata.KeyId}`,
      CreationDate: metadata.CreationDate,
      CurrentKeyMaterialId: metadata.CurrentKeyMaterialId,
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: 'test key 123',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyId: metadata.KeyId,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
  });

  it('describes the key in the same way by id, ARN, alias and alias ARN', async () => {
    const { id, arn, metadata } = await scene.key();
    await scene.kms.createAlias({ AliasName: 'alias/described', TargetKeyId: id });
    const aliasArn = `arn:aws:kms:${region}:${accountId}:alias/described`;
    for (const KeyId of [id, arn, 'alias/described', aliasArn]) {
      const { KeyMetadata } = await scene.kms.describeKey({ KeyId });
      expect(KeyMetadata, KeyId).to.deep.equal(metadata);
    }
  });

  it('makes a multi-Region primary key', async () => {
    const { metadata, arn } = await scene.key({ MultiRegion: true });
    expect(metadata.KeyId).to.match(/^mrk-[0-9a-f]{32}$/);
    expect(metadata.MultiRegion).to.equal(true);
    expect(metadata.MultiRegionConfiguration).to.deep.equal({
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey: { Arn: arn, Region: region },
      ReplicaKeys: [],
    });
  });

  it('makes a key without material for import', async () => {
    const { metadata } = await scene.key({ Origin: 'EXTERNAL' });
    expect(metadata).to.include({ Origin: 'EXTERNAL', KeyState: 'PendingImport', Enabled: false });
    expect(metadata).not.to.have.property('CurrentKeyMaterialId');
  });

  it('takes the deprecated CustomerMasterKeySpec', async () => {
    const { metadata } = await scene.key({
      CustomerMasterKeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    expect(metadata).to.include({ KeySpec: 'HMAC_256', CustomerMasterKeySpec: 'HMAC_256' });
  });

  describe('key specs and usages', () => {
    const rsaSigning = [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ];
    const rsaEncryption = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
    const made: readonly (readonly [KeySpec, KeyUsageType, string, readonly string[]])[] = [
      ['RSA_2048', 'ENCRYPT_DECRYPT', 'EncryptionAlgorithms', rsaEncryption],
      ['RSA_2048', 'SIGN_VERIFY', 'SigningAlgorithms', rsaSigning],
      ['RSA_3072', 'SIGN_VERIFY', 'SigningAlgorithms', rsaSigning],
      ['RSA_4096', 'ENCRYPT_DECRYPT', 'EncryptionAlgorithms', rsaEncryption],
      ['ECC_NIST_P256', 'SIGN_VERIFY', 'SigningAlgorithms', ['ECDSA_SHA_256']],
      ['ECC_NIST_P256', 'KEY_AGREEMENT', 'KeyAgreementAlgorithms', ['ECDH']],
      ['ECC_NIST_P384', 'SIGN_VERIFY', 'SigningAlgorithms', ['ECDSA_SHA_384']],
      ['ECC_NIST_P521', 'SIGN_VERIFY', 'SigningAlgorithms', ['ECDSA_SHA_512']],
      ['ECC_SECG_P256K1', 'SIGN_VERIFY', 'SigningAlgorithms', ['ECDSA_SHA_256']],
      [
        'ECC_NIST_EDWARDS25519',
        'SIGN_VERIFY',
        'SigningAlgorithms',
        ['ED25519_PH_SHA_512', 'ED25519_SHA_512'],
      ],
      ['HMAC_224', 'GENERATE_VERIFY_MAC', 'MacAlgorithms', ['HMAC_SHA_224']],
      ['HMAC_256', 'GENERATE_VERIFY_MAC', 'MacAlgorithms', ['HMAC_SHA_256']],
      ['HMAC_384', 'GENERATE_VERIFY_MAC', 'MacAlgorithms', ['HMAC_SHA_384']],
      ['HMAC_512', 'GENERATE_VERIFY_MAC', 'MacAlgorithms', ['HMAC_SHA_512']],
    ];
    const lists = ['EncryptionAlgorithms', 'SigningAlgorithms', 'MacAlgorithms', 'KeyAgreementAlgorithms'];

    for (const [spec, usage, list, algorithms] of made) {
      it(`${spec} for ${usage}`, async () => {
        const { metadata } = await scene.key({ KeySpec: spec, KeyUsage: usage });
        expect(metadata).to.include({ KeySpec: spec, CustomerMasterKeySpec: spec, KeyUsage: usage });
        expect(metadata).to.have.deep.property(list, algorithms);
        expect(metadata).not.to.have.any.keys(lists.filter((other) => other !== list));
        expect(metadata, 'for symmetric encryption keys only').not.to.have.property('CurrentKeyMaterialId');
      });
    }

    for (const spec of ['ML_DSA_44', 'ML_KEM_768'] as const) {
      it(`${spec} where Node.js has it; otherwise refused by name`, async () => {
        const KeyUsage = spec.startsWith('ML_DSA') ? 'SIGN_VERIFY' : 'ENCAPSULATE_DECAPSULATE';
        const request = scene.kms.createKey({ KeySpec: spec, KeyUsage });
        if (Number(process.versions.node.split('.')[0]) >= 24) {
          expect((await request).KeyMetadata).to.include({ KeySpec: spec, KeyUsage });
        } else {
          const { name, message } = await refusal(request);
          expect(name).to.equal('UnsupportedOperationException');
          expect(message).to.match(new RegExp(`cannot make ${spec} keys: .* Node\\.js ${process.version}`));
        }
      });
    }

    it('wants a usage for all but symmetric encryption keys', async () => {
      for (const spec of Object.values(KeySpec)) {
        if (spec === 'SYMMETRIC_DEFAULT') continue;
        expect(await refusal(scene.kms.createKey({ KeySpec: spec })), spec).to.deep.equal({
          name: 'ValidationException',
          message: 'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
          status: 400,
        });
      }
    });

    const wrong: readonly (readonly [KeySpec, KeyUsageType])[] = [
      ['SYMMETRIC_DEFAULT', 'SIGN_VERIFY'],
      ['SYMMETRIC_DEFAULT', 'GENERATE_VERIFY_MAC'],
      ['HMAC_256', 'ENCRYPT_DECRYPT'],
      ['ECC_NIST_P256', 'ENCRYPT_DECRYPT'],
      ['ECC_SECG_P256K1', 'KEY_AGREEMENT'],
      ['ECC_NIST_EDWARDS25519', 'KEY_AGREEMENT'],
      ['RSA_2048', 'KEY_AGREEMENT'],
      ['ML_DSA_65', 'ENCRYPT_DECRYPT'],
      ['ML_KEM_512', 'SIGN_VERIFY'],
    ];
    for (const [spec, usage] of wrong) {
      it(`refuses ${spec} for ${usage}`, async () => {
        expect(await refusal(scene.kms.createKey({ KeySpec: spec, KeyUsage: usage }))).to.deep.equal({
          name: 'ValidationException',
          message: `KeyUsage ${usage} is not compatible with KeySpec ${spec}`,
          status: 400,
        });
      });
    }

    it('names the possible values of an unknown spec', async () => {
      const { name, message } = await refusal(scene.kms.createKey({ KeySpec: 'HMAC_random' as KeySpec }));
      expect(name).to.equal('ValidationException');
      expect(message).to.match(
        /^1 validation error detected: Value 'HMAC_random' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: \[.*HMAC_256.*\]$/,
      );
    });

    it('refuses KeySpec and CustomerMasterKeySpec together', async () => {
      const both = { KeySpec: 'HMAC_256', CustomerMasterKeySpec: 'HMAC_256' } as const;
      const request = scene.kms.createKey({ ...both, KeyUsage: 'GENERATE_VERIFY_MAC' });
      expect((await refusal(request)).name).to.equal('ValidationException');
    });

    it('refuses SM2 outside of China and custom key stores', async () => {
      const sm2 = await refusal(scene.kms.createKey({ KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }));
      expect(sm2.name).to.equal('UnsupportedOperationException');
      const store = await refusal(scene.kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' }));
      expect(store.name).to.equal('CustomKeyStoreNotFoundException');
      expect((await refusal(scene.kms.createKey({ Origin: 'AWS_CLOUDHSM' }))).name).to.equal(
        'ValidationException',
      );
    });
  });

  describe('permission', () => {
    it('comes from identity policies, on *', async () => {
      const nobody = await scene.user('create-nobody');
      expect(await refusal(nobody.kms.createKey({}))).to.deep.equal({
        name: 'AccessDeniedException',
        message: `User: ${nobody.arn} is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`,
        status: 400,
      });
    });

    it('can be limited to key specs, also by their default', async () => {
      const creator = await scene.user('create-symmetric', [
        allow('kms:CreateKey', '*', { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } }),
      ]);
      await creator.kms.createKey({});
      const request = creator.kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    });

    it('needs kms:TagResource beside kms:CreateKey for a key with tags', async () => {
      const creator = await scene.user('create-tagless', [allow('kms:CreateKey')]);
      await creator.kms.createKey({});
      const request = creator.kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'a' }] });
      expect((await refusal(request)).message).to.match(/not authorized to perform: kms:TagResource/);
    });

    it('can be made to depend on the tags', async () => {
      const creator = await scene.user('create-tagged', [
        allow(['kms:CreateKey', 'kms:TagResource'], '*', { StringEquals: { 'aws:RequestTag/team': 'a' } }),
      ]);
      await creator.kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'a' }] });
      const request = creator.kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'b' }] });
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    });

    it('can forbid to bypass the lock-out check', async () => {
      const creator = await scene.user('create-careful', [
        allow('kms:CreateKey'),
        {
          Effect: 'Deny',
          Action: 'kms:CreateKey',
          Resource: '*',
          Condition: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
        },
      ]);
      await creator.kms.createKey({ Policy: policyText([rootStatement]) });
      const request = creator.kms.createKey({ BypassPolicyLockoutSafetyCheck: true });
      expect((await refusal(request)).message).to.match(/with an explicit deny in an identity-based policy$/);
    });
  });
});

describe('KMS ListKeys', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  it('lists the keys of the account and Region in pages', async () => {
    const ids = await Promise.all(Array.from({ length: 7 }, async () => (await scene.key()).id));
    const seen: string[] = [];
    let Marker: string | undefined;
    const sizes: number[] = [];
    do {
      const answer = await scene.kms.listKeys({ Limit: 3, Marker });
      for (const { KeyId, KeyArn } of answer.Keys ?? []) {
        expect(KeyArn).to.equal(`arn:aws:kms:${region}:${accountId}:key/${KeyId}`);
        seen.push(KeyId ?? '');
      }
      sizes.push(answer.Keys?.length ?? 0);
      expect(answer.Truncated).to.equal(answer.NextMarker !== undefined);
      Marker = answer.NextMarker;
    } while (Marker !== undefined);
    expect(sizes).to.deep.equal([3, 3, 1]);
    expect(seen).to.have.members(ids);
  });

  it('is empty in another Region', async () => {
    const elsewhere = scene.client(scene.sandbox.administrator, 'us-east-2');
    expect(await elsewhere.listKeys({})).to.deep.include({ Keys: [], Truncated: false });
  });

  it('refuses a marker that it did not give', async () => {
    expect((await refusal(scene.kms.listKeys({ Marker: 'abc' }))).name).to.equal('InvalidMarkerException');
  });

  it('needs permission on *', async () => {
    const nobody = await scene.user('list-nobody', [
      allow('kms:ListKeys', `arn:aws:kms:*:${accountId}:key/*`),
    ]);
    expect((await refusal(nobody.kms.listKeys({}))).message).to.equal(
      `User: ${nobody.arn} is not authorized to perform: kms:ListKeys on resource: * because no identity-based policy allows the kms:ListKeys action`,
    );
  });
});
