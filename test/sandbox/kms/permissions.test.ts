import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import {
  allow,
  allowUser,
  bytes,
  denied,
  policyText,
  rootArn,
  rootStatement,
  Scene,
  type TestKey,
  text,
  userArn,
} from './scene.ts';

/** The statements that the KMS console writes for key administrators and key users. */
const administratorActions = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:RotateKeyOnDemand',
];
const useActions = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
];

describe('KMS permissions', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const secretUnder = async (key: TestKey) =>
    (await scene.kms.encrypt({ KeyId: key.id, Plaintext: bytes('secret') })).CiphertextBlob;
  const noIdentity = (action: string) => `because no identity-based policy allows the ${action} action`;
  const noResource = (action: string) => `because no resource-based policy allows the ${action} action`;

  it('a key administrator cannot decrypt, but can let itself in', async () => {
    const admin = await scene.user('key-admin');
    const key = await scene.keyWith([allowUser('key-admin', administratorActions)]);
    const CiphertextBlob = await secretUnder(key);
    expect(await refusal(admin.kms.decrypt({ CiphertextBlob }))).to.deep.equal(
      denied('key-admin', 'kms:Decrypt', key.arn, noIdentity('kms:Decrypt')),
    );
    await admin.kms.describeKey({ KeyId: key.id });
    await admin.kms.disableKey({ KeyId: key.id });
    await admin.kms.enableKey({ KeyId: key.id });
    await admin.kms.putKeyPolicy({
      KeyId: key.id,
      Policy: policyText([
        rootStatement,
        allowUser('key-admin', administratorActions),
        allowUser('key-admin', useActions),
      ]),
    });
    expect(text((await admin.kms.decrypt({ CiphertextBlob })).Plaintext)).to.equal('secret');
  });

  it('a key user decrypts and does not administer', async () => {
    const user = await scene.user('key-user');
    const key = await scene.keyWith([allowUser('key-user', useActions)]);
    const { CiphertextBlob } = await user.kms.encrypt({ KeyId: key.id, Plaintext: bytes('mine') });
    expect(text((await user.kms.decrypt({ CiphertextBlob })).Plaintext)).to.equal('mine');
    await user.kms.generateDataKey({ KeyId: key.id, KeySpec: 'AES_256' });
    await user.kms.describeKey({ KeyId: key.id });
    const KeyId = key.id;
    for (const [action, request] of [
      ['kms:PutKeyPolicy', () => user.kms.putKeyPolicy({ KeyId, Policy: policyText([rootStatement]) })],
      ['kms:GetKeyPolicy', () => user.kms.getKeyPolicy({ KeyId })],
      ['kms:ListKeyPolicies', () => user.kms.listKeyPolicies({ KeyId })],
      ['kms:DisableKey', () => user.kms.disableKey({ KeyId })],
      ['kms:EnableKey', () => user.kms.enableKey({ KeyId })],
      ['kms:ScheduleKeyDeletion', () => user.kms.scheduleKeyDeletion({ KeyId })],
      ['kms:CancelKeyDeletion', () => user.kms.cancelKeyDeletion({ KeyId })],
      ['kms:UpdateKeyDescription', () => user.kms.updateKeyDescription({ KeyId, Description: '' })],
      ['kms:TagResource', () => user.kms.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] })],
      ['kms:UntagResource', () => user.kms.untagResource({ KeyId, TagKeys: ['a'] })],
      ['kms:ListResourceTags', () => user.kms.listResourceTags({ KeyId })],
      [
        'kms:CreateGrant',
        () => user.kms.createGrant({ KeyId, GranteePrincipal: user.arn, Operations: ['Decrypt'] }),
      ],
      ['kms:ListGrants', () => user.kms.listGrants({ KeyId })],
      ['kms:EnableKeyRotation', () => user.kms.enableKeyRotation({ KeyId })],
      ['kms:DisableKeyRotation', () => user.kms.disableKeyRotation({ KeyId })],
      ['kms:GetKeyRotationStatus', () => user.kms.getKeyRotationStatus({ KeyId })],
      ['kms:RotateKeyOnDemand', () => user.kms.rotateKeyOnDemand({ KeyId })],
      ['kms:ListKeyRotations', () => user.kms.listKeyRotations({ KeyId })],
      ['kms:GetKeyLastUsage', () => user.kms.getKeyLastUsage({ KeyId })],
    ] as const) {
      expect(await refusal(request()), action).to.deep.equal(
        denied('key-user', action, key.arn, noIdentity(action)),
      );
    }
  });

  it('each operation asks for its own permission and no other', async () => {
    const user = await scene.user('single');
    const key = await scene.key();
    const CiphertextBlob = await secretUnder(key);
    const KeyId = key.id;
    const Operations = ['Decrypt' as const];
    const signing = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const toSign = { KeyId: signing.id, Message: bytes('m'), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature } = await scene.kms.sign(toSign);
    const hmac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const toTag = { KeyId: hmac.id, Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await scene.kms.generateMac(toTag);
    const agreeing = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const { PublicKey } = await scene.kms.getPublicKey({ KeyId: agreeing.id });
    for (const [action, request] of [
      ['kms:DescribeKey', () => user.kms.describeKey({ KeyId })],
      ['kms:GetKeyPolicy', () => user.kms.getKeyPolicy({ KeyId })],
      ['kms:ListKeyPolicies', () => user.kms.listKeyPolicies({ KeyId })],
      ['kms:PutKeyPolicy', () => user.kms.putKeyPolicy({ KeyId, Policy: policyText([rootStatement]) })],
      ['kms:DisableKey', () => user.kms.disableKey({ KeyId })],
      ['kms:EnableKey', () => user.kms.enableKey({ KeyId })],
      ['kms:UpdateKeyDescription', () => user.kms.updateKeyDescription({ KeyId, Description: 'x' })],
      ['kms:TagResource', () => user.kms.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] })],
      ['kms:ListResourceTags', () => user.kms.listResourceTags({ KeyId })],
      ['kms:UntagResource', () => user.kms.untagResource({ KeyId, TagKeys: ['a'] })],
      [
        'kms:CreateGrant',
        () => user.kms.createGrant({ KeyId, GranteePrincipal: userArn('key-user'), Operations }),
      ],
      ['kms:ListGrants', () => user.kms.listGrants({ KeyId })],
      ['kms:ListRetirableGrants', () => user.kms.listRetirableGrants({ RetiringPrincipal: rootArn })],
      ['kms:ListKeys', () => user.kms.listKeys({})],
      ['kms:ListAliases', () => user.kms.listAliases({})],
      ['kms:GenerateRandom', () => user.kms.generateRandom({ NumberOfBytes: 1 })],
      ['kms:Encrypt', () => user.kms.encrypt({ KeyId, Plaintext: bytes('x') })],
      ['kms:Decrypt', () => user.kms.decrypt({ CiphertextBlob })],
      ['kms:GenerateDataKey', () => user.kms.generateDataKey({ KeyId, KeySpec: 'AES_128' })],
      [
        'kms:GenerateDataKeyWithoutPlaintext',
        () => user.kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_128' }),
      ],
      ['kms:EnableKeyRotation', () => user.kms.enableKeyRotation({ KeyId })],
      ['kms:GetKeyRotationStatus', () => user.kms.getKeyRotationStatus({ KeyId })],
      ['kms:DisableKeyRotation', () => user.kms.disableKeyRotation({ KeyId })],
      ['kms:RotateKeyOnDemand', () => user.kms.rotateKeyOnDemand({ KeyId })],
      ['kms:ListKeyRotations', () => user.kms.listKeyRotations({ KeyId })],
      ['kms:GetKeyLastUsage', () => user.kms.getKeyLastUsage({ KeyId })],
      [
        'kms:GenerateDataKeyPair',
        () => user.kms.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
      ],
      [
        'kms:GenerateDataKeyPairWithoutPlaintext',
        () => user.kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
      ],
      ['kms:GetPublicKey', () => user.kms.getPublicKey({ KeyId: signing.id })],
      ['kms:Sign', () => user.kms.sign(toSign)],
      ['kms:Verify', () => user.kms.verify({ ...toSign, Signature })],
      ['kms:GenerateMac', () => user.kms.generateMac(toTag)],
      ['kms:VerifyMac', () => user.kms.verifyMac({ ...toTag, Mac })],
      [
        'kms:DeriveSharedSecret',
        () => user.kms.deriveSharedSecret({ KeyId: agreeing.id, KeyAgreementAlgorithm: 'ECDH', PublicKey }),
      ],
      ['kms:CreateKey', () => user.kms.createKey({})],
      ['kms:ScheduleKeyDeletion', () => user.kms.scheduleKeyDeletion({ KeyId })],
      ['kms:CancelKeyDeletion', () => user.kms.cancelKeyDeletion({ KeyId })],
    ] as const) {
      await scene.allow('single', [{ Effect: 'Allow', NotAction: action, Resource: '*' }]);
      expect((await refusal(request())).message, action).to.match(
        new RegExp(`is not authorized to perform: ${action} on resource: .* ${noIdentity(action)}$`),
      );
      await scene.allow('single', [allow(action)]);
      await request();
    }
  });

  it('an identity policy opens the key where the key policy delegates to the account', async () => {
    const user = await scene.user('by-iam', [allow('kms:Decrypt')]);
    const key = await scene.key();
    const CiphertextBlob = await secretUnder(key);
    await user.kms.decrypt({ CiphertextBlob });
    expect((await refusal(user.kms.encrypt({ KeyId: key.id, Plaintext: bytes('x') }))).message).to.include(
      noIdentity('kms:Encrypt'),
    );
  });

  it('an identity policy does nothing where it does not', async () => {
    const user = await scene.user('by-iam-alone', [allow('kms:*')]);
    const key = await scene.keyWith([allowUser('administrator', 'kms:*')], { delegates: false });
    const CiphertextBlob = await secretUnder(key);
    expect(await refusal(user.kms.decrypt({ CiphertextBlob }))).to.deep.equal(
      denied('by-iam-alone', 'kms:Decrypt', key.arn, noResource('kms:Decrypt')),
    );
    await scene.allow('administrator', [{ Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' }]);
    expect((await refusal(scene.kms.encrypt({ KeyId: key.id, Plaintext: bytes('x') }))).message).to.match(
      /with an explicit deny in an identity-based policy$/,
    );
    await scene.iam.deleteUserPolicy({ UserName: 'administrator', PolicyName: 'inline' });
  });

  it('an identity policy can be limited to a key and to an alias', async () => {
    const [one, two] = [await scene.key(), await scene.key()];
    const user = await scene.user('by-resource', [
      allow('kms:DescribeKey', one.arn),
      allow('kms:Encrypt', '*', { StringEquals: { 'kms:RequestAlias': 'alias/asked-for' } }),
      allow('kms:GenerateDataKey', '*', {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/asked-for' },
      }),
    ]);
    await scene.kms.createAlias({ AliasName: 'alias/asked-for', TargetKeyId: two.id });
    await user.kms.describeKey({ KeyId: one.id });
    expect((await refusal(user.kms.describeKey({ KeyId: two.id }))).name).to.equal('AccessDeniedException');
    await user.kms.encrypt({ KeyId: 'alias/asked-for', Plaintext: bytes('x') });
    expect((await refusal(user.kms.encrypt({ KeyId: two.id, Plaintext: bytes('x') }))).name).to.equal(
      'AccessDeniedException',
    );
    await user.kms.generateDataKey({ KeyId: two.id, KeySpec: 'AES_256' });
    expect((await refusal(user.kms.generateDataKey({ KeyId: one.id, KeySpec: 'AES_256' }))).name).to.equal(
      'AccessDeniedException',
    );
  });

  it('an explicit deny in the key policy wins over everything', async () => {
    const user = await scene.user('denied-by-key', [allow('kms:*')]);
    const key = await scene.keyWith([
      allowUser('denied-by-key', 'kms:*'),
      { ...allowUser('denied-by-key', 'kms:Decrypt'), Effect: 'Deny' },
    ]);
    const CiphertextBlob = await secretUnder(key);
    await scene.kms.createGrant({ KeyId: key.id, GranteePrincipal: user.arn, Operations: ['Decrypt'] });
    expect(await refusal(user.kms.decrypt({ CiphertextBlob }))).to.deep.equal(
      denied('denied-by-key', 'kms:Decrypt', key.arn, 'with an explicit deny in a resource-based policy'),
    );
  });

  it('a policy can go by the encryption context and its keys', async () => {
    const user = await scene.user('by-context', [
      allow('kms:Encrypt', '*', { StringEquals: { 'kms:EncryptionContext:department': 'IT' } }),
      allow('kms:GenerateDataKey', '*', {
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['department', 'purpose'] },
        Null: { 'kms:EncryptionContextKeys': 'false' },
      }),
    ]);
    const { id } = await scene.key();
    const encrypt = (EncryptionContext?: Record<string, string>) =>
      user.kms.encrypt({ KeyId: id, Plaintext: bytes('x'), EncryptionContext });
    await encrypt({ department: 'IT', more: '1' });
    for (const request of [encrypt(), encrypt({ department: 'Sales' }), encrypt({ more: 'IT' })]) {
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    }
    const dataKey = (EncryptionContext?: Record<string, string>) =>
      user.kms.generateDataKey({ KeyId: id, KeySpec: 'AES_256', EncryptionContext });
    await dataKey({ purpose: 'any' });
    for (const request of [dataKey(), dataKey({ purpose: 'any', more: '1' })]) {
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    }
  });

  it('a policy can go by what the key is, and by the algorithm', async () => {
    const user = await scene.user('by-key', [
      allow('kms:DescribeKey', '*', {
        StringEquals: { 'kms:KeySpec': 'HMAC_256', 'kms:KeyUsage': 'GENERATE_VERIFY_MAC' },
      }),
      allow('kms:GetKeyPolicy', '*', { StringEquals: { 'kms:KeyOrigin': 'EXTERNAL' } }),
      allow('kms:ListGrants', '*', { Bool: { 'kms:MultiRegion': 'true' } }),
      allow('kms:Encrypt', '*', { StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' } }),
      allow('kms:ListKeyPolicies', '*', { StringEquals: { 'kms:CallerAccount': '123456789012' } }),
      allow('kms:ListResourceTags', '*', { StringEquals: { 'kms:CallerAccount': '111122223333' } }),
    ]);
    const plain = await scene.key();
    const hmac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const external = await scene.key({ Origin: 'EXTERNAL' });
    const multi = await scene.key({ MultiRegion: true });
    const rsa = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    await user.kms.describeKey({ KeyId: hmac.id });
    await user.kms.getKeyPolicy({ KeyId: external.id });
    await user.kms.listGrants({ KeyId: multi.id });
    await user.kms.listKeyPolicies({ KeyId: plain.id });
    const encrypt = { KeyId: rsa.id, Plaintext: bytes('x') };
    await user.kms.encrypt({ ...encrypt, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
    for (const request of [
      user.kms.describeKey({ KeyId: plain.id }),
      user.kms.getKeyPolicy({ KeyId: plain.id }),
      user.kms.listGrants({ KeyId: plain.id }),
      user.kms.listResourceTags({ KeyId: plain.id }),
      user.kms.encrypt({ ...encrypt, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }),
    ]) {
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    }
  });

  it('a key policy follows users through their groups and boundaries', async () => {
    const user = await scene.user('grouped');
    await scene.iam.createGroup({ GroupName: 'kms-readers' });
    await scene.iam.putGroupPolicy({
      GroupName: 'kms-readers',
      PolicyName: 'inline',
      PolicyDocument: policyText([allow(['kms:DescribeKey', 'kms:GetKeyPolicy'])]),
    });
    const { id } = await scene.key();
    expect((await refusal(user.kms.describeKey({ KeyId: id }))).name).to.equal('AccessDeniedException');
    await scene.iam.addUserToGroup({ GroupName: 'kms-readers', UserName: 'grouped' });
    await user.kms.describeKey({ KeyId: id });
    const { Policy } = await scene.iam.createPolicy({
      PolicyName: 'only-describe',
      PolicyDocument: policyText([allow('kms:DescribeKey')]),
    });
    await scene.iam.putUserPermissionsBoundary({ UserName: 'grouped', PermissionsBoundary: Policy?.Arn });
    await user.kms.describeKey({ KeyId: id });
    expect((await refusal(user.kms.getKeyPolicy({ KeyId: id }))).message).to.match(
      /because no permissions boundary allows the kms:GetKeyPolicy action$/,
    );
  });
});
