import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { bytes, policyText, rootStatement, Scene, type TestKey, userArn } from './scene.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('KMS key states', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
    await scene.user('state-user');
  });
  after(() => scene.close());

  /** What can be done with a key, by operation. */
  const operations = (key: TestKey, blob: Uint8Array): Record<string, () => Promise<unknown>> => {
    const KeyId = key.id;
    return {
      DescribeKey: () => scene.kms.describeKey({ KeyId }),
      GetKeyPolicy: () => scene.kms.getKeyPolicy({ KeyId }),
      PutKeyPolicy: () => scene.kms.putKeyPolicy({ KeyId, Policy: policyText([rootStatement]) }),
      ListKeyPolicies: () => scene.kms.listKeyPolicies({ KeyId }),
      ListGrants: () => scene.kms.listGrants({ KeyId }),
      ListAliases: () => scene.kms.listAliases({ KeyId }),
      ListResourceTags: () => scene.kms.listResourceTags({ KeyId }),
      CreateAlias: () => scene.kms.createAlias({ AliasName: `alias/state-${KeyId}`, TargetKeyId: KeyId }),
      UpdateKeyDescription: () => scene.kms.updateKeyDescription({ KeyId, Description: 'new' }),
      TagResource: () => scene.kms.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
      UntagResource: () => scene.kms.untagResource({ KeyId, TagKeys: ['a'] }),
      Encrypt: () => scene.kms.encrypt({ KeyId, Plaintext: bytes('x') }),
      Decrypt: () => scene.kms.decrypt({ CiphertextBlob: blob }),
      ReEncrypt: () => scene.kms.reEncrypt({ CiphertextBlob: blob, DestinationKeyId: KeyId }),
      GenerateDataKey: () => scene.kms.generateDataKey({ KeyId, KeySpec: 'AES_256' }),
      GenerateDataKeyWithoutPlaintext: () =>
        scene.kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' }),
      CreateGrant: () =>
        scene.kms.createGrant({ KeyId, GranteePrincipal: userArn('state-user'), Operations: ['Decrypt'] }),
      EnableKeyRotation: () => scene.kms.enableKeyRotation({ KeyId }),
      GenerateDataKeyPair: () => scene.kms.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
      GenerateDataKeyPairWithoutPlaintext: () =>
        scene.kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
      RotateKeyOnDemand: () => scene.kms.rotateKeyOnDemand({ KeyId }),
      ListKeyRotations: () => scene.kms.listKeyRotations({ KeyId }),
      GetKeyLastUsage: () => scene.kms.getKeyLastUsage({ KeyId }),
      DisableKeyRotation: () => scene.kms.disableKeyRotation({ KeyId }),
      GetKeyRotationStatus: () => scene.kms.getKeyRotationStatus({ KeyId }),
      DisableKey: () => scene.kms.disableKey({ KeyId }),
      EnableKey: () => scene.kms.enableKey({ KeyId }),
      ScheduleKeyDeletion: () => scene.kms.scheduleKeyDeletion({ KeyId }),
      CancelKeyDeletion: () => scene.kms.cancelKeyDeletion({ KeyId }),
    };
  };

  const cryptographic = [
    'Encrypt',
    'Decrypt',
    'ReEncrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
  ];
  const enabledOnly = [
    ...cryptographic,
    'CreateGrant',
    'EnableKeyRotation',
    'DisableKeyRotation',
    'RotateKeyOnDemand',
  ];
  const readOnly = [
    'DescribeKey',
    'GetKeyPolicy',
    'PutKeyPolicy',
    'ListKeyPolicies',
    'ListGrants',
    'ListAliases',
    'ListResourceTags',
    'GetKeyRotationStatus',
    'ListKeyRotations',
    'GetKeyLastUsage',
  ];

  const keyInState = async (reach: (KeyId: string) => Promise<unknown>) => {
    const key = await scene.key();
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: key.id, Plaintext: bytes('secret') });
    await reach(key.id);
    return { key, of: operations(key, CiphertextBlob ?? bytes('')) };
  };

  it('Disabled: no cryptographic operations, no grants, no change of rotation', async () => {
    const { key, of } = await keyInState((KeyId) => scene.kms.disableKey({ KeyId }));
    for (const name of enabledOnly) {
      expect(await refusal(of[name]?.() ?? Promise.resolve()), name).to.deep.equal({
        name: 'DisabledException',
        message: `${key.arn} is disabled.`,
        status: 400,
      });
    }
    for (const name of readOnly) await of[name]?.();
    for (const name of [
      'CreateAlias',
      'UpdateKeyDescription',
      'TagResource',
      'UntagResource',
      'DisableKey',
    ]) {
      await of[name]?.();
    }
    expect((await scene.kms.describeKey({ KeyId: key.id })).KeyMetadata).to.include({
      KeyState: 'Disabled',
      Enabled: false,
    });
    await of.EnableKey?.();
    await of.Decrypt?.();
  });

  it('PendingDeletion: nothing but looking at it, its policy, and cancelling', async () => {
    const { key, of } = await keyInState((KeyId) => scene.kms.scheduleKeyDeletion({ KeyId }));
    const changes = ['CreateAlias', 'UpdateKeyDescription', 'TagResource', 'UntagResource'];
    for (const name of [...enabledOnly, ...changes, 'EnableKey', 'DisableKey', 'ScheduleKeyDeletion']) {
      expect(await refusal(of[name]?.() ?? Promise.resolve()), name).to.deep.equal({
        name: 'KMSInvalidStateException',
        message: `${key.arn} is pending deletion.`,
        status: 400,
      });
    }
    for (const name of readOnly) await of[name]?.();
  });

  it('PendingImport: no cryptographic operations', async () => {
    const key = await scene.key({ Origin: 'EXTERNAL' });
    const of = operations(key, bytes(''));
    for (const name of ['Encrypt', 'GenerateDataKey', 'CreateGrant', 'EnableKey', 'DisableKey']) {
      expect(await refusal(of[name]?.() ?? Promise.resolve()), name).to.deep.equal({
        name: 'KMSInvalidStateException',
        message: `${key.arn} is pending import.`,
        status: 400,
      });
    }
    for (const name of [
      'EnableKeyRotation',
      'DisableKeyRotation',
      'GetKeyRotationStatus',
      'RotateKeyOnDemand',
      'ListKeyRotations',
    ]) {
      expect(await refusal(of[name]?.() ?? Promise.resolve()), name).to.deep.equal({
        name: 'UnsupportedOperationException',
        message: `${key.arn} origin is EXTERNAL which is not valid for this operation.`,
        status: 400,
      });
    }
    for (const name of ['DescribeKey', 'GetKeyPolicy', 'CreateAlias', 'TagResource', 'ScheduleKeyDeletion']) {
      await of[name]?.();
    }
  });

  describe('deletion', () => {
    it('is scheduled for 7 to 30 days, by default 30', async () => {
      for (const [days, wanted] of [
        [undefined, 30],
        [7, 7],
        [30, 30],
      ] as const) {
        const { id, arn } = await scene.key();
        const answer = await scene.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: days });
        expect(answer).to.include({ KeyId: arn, KeyState: 'PendingDeletion', PendingWindowInDays: wanted });
        const due = scene.sandbox.clock.now().getTime() + wanted * dayMs;
        expect(answer.DeletionDate?.getTime()).to.be.closeTo(due, 5000);
        const { KeyMetadata } = await scene.kms.describeKey({ KeyId: id });
        expect(KeyMetadata?.DeletionDate).to.deep.equal(answer.DeletionDate);
        expect(KeyMetadata).to.include({ KeyState: 'PendingDeletion', Enabled: false });
      }
      const { id } = await scene.key();
      for (const PendingWindowInDays of [0, 1, 6, 31, 366]) {
        const request = scene.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays });
        expect((await refusal(request)).name, String(PendingWindowInDays)).to.equal('ValidationException');
      }
    });

    it('can be cancelled, which leaves the key disabled', async () => {
      const { id, arn } = await scene.key();
      await scene.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: 7 });
      expect(await scene.kms.cancelKeyDeletion({ KeyId: id })).to.include({ KeyId: arn });
      const { KeyMetadata } = await scene.kms.describeKey({ KeyId: id });
      expect(KeyMetadata).to.include({ KeyState: 'Disabled', Enabled: false });
      expect(KeyMetadata).not.to.have.property('DeletionDate');
      expect(await refusal(scene.kms.cancelKeyDeletion({ KeyId: id }))).to.deep.equal({
        name: 'KMSInvalidStateException',
        message: `${arn} is not pending deletion.`,
        status: 400,
      });
    });

    it('frees the aliases for other keys', async () => {
      const [{ id: doomed }, { id }] = [await scene.key(), await scene.key()];
      for (const AliasName of ['alias/looked-up', 'alias/not-looked-up', 'alias/moved']) {
        await scene.kms.createAlias({ AliasName, TargetKeyId: doomed });
      }
      await scene.kms.updateAlias({ AliasName: 'alias/moved', TargetKeyId: id });
      await scene.kms.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 7 });
      scene.sandbox.clock.advance(7 * dayMs + 1000);
      await scene.kms.createAlias({ AliasName: 'alias/not-looked-up', TargetKeyId: id });
      expect((await refusal(scene.kms.describeKey({ KeyId: 'alias/looked-up' }))).name).to.equal(
        'NotFoundException',
      );
      await scene.kms.createAlias({ AliasName: 'alias/looked-up', TargetKeyId: id });
      const { Aliases } = await scene.kms.listAliases({ KeyId: id });
      expect(Aliases?.map(({ AliasName }) => AliasName)).to.have.members([
        'alias/looked-up',
        'alias/moved',
        'alias/not-looked-up',
      ]);
      for (const { AliasName } of Aliases ?? []) {
        expect((await scene.kms.describeKey({ KeyId: AliasName })).KeyMetadata?.KeyId).to.equal(id);
      }
    });

    it('happens when its time has come: key, aliases and ciphertexts are lost', async () => {
      const { id, arn } = await scene.key();
      const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('gone') });
      await scene.kms.createAlias({ AliasName: 'alias/doomed', TargetKeyId: id });
      await scene.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: 7 });
      scene.sandbox.clock.advance(7 * dayMs - 60_000);
      await scene.kms.describeKey({ KeyId: id });
      scene.sandbox.clock.advance(61_000);
      expect((await refusal(scene.kms.describeKey({ KeyId: id }))).message).to.equal(
        `Key '${arn}' does not exist`,
      );
      expect((await refusal(scene.kms.describeKey({ KeyId: 'alias/doomed' }))).name).to.equal(
        'NotFoundException',
      );
      const { Keys } = await scene.kms.listKeys({ Limit: 1000 });
      expect(Keys?.map((key) => key.KeyId)).not.to.include(id);
      const { Aliases } = await scene.kms.listAliases({});
      expect(Aliases?.map((alias) => alias.AliasName)).not.to.include('alias/doomed');
      expect(await refusal(scene.kms.decrypt({ CiphertextBlob }))).to.deep.equal({
        name: 'AccessDeniedException',
        message:
          'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
        status: 400,
      });
    });

    it('can be limited to a waiting period', async () => {
      const deleter = await scene.user('state-deleter');
      const { id } = await scene.keyWith([
        {
          Effect: 'Allow',
          Principal: { AWS: deleter.arn },
          Action: 'kms:ScheduleKeyDeletion',
          Resource: '*',
          Condition: { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '14' } },
        },
      ]);
      const request = deleter.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: 7 });
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
      await deleter.kms.scheduleKeyDeletion({ KeyId: id });
    });
  });
});
