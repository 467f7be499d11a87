import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allowUser, bytes, Scene, text } from './scene.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('KMS key rotation', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const status = async (KeyId: string) => {
    const { $metadata: _, ...answer } = await scene.kms.getKeyRotationStatus({ KeyId });
    return answer;
  };
  const materialOf = async (KeyId: string) =>
    (await scene.kms.describeKey({ KeyId })).KeyMetadata?.CurrentKeyMaterialId;

  it('is off at first, and can be turned on and off', async () => {
    const { id } = await scene.key();
    expect(await status(id)).to.deep.equal({ KeyId: id, KeyRotationEnabled: false });
    await scene.kms.enableKeyRotation({ KeyId: id });
    const on = await status(id);
    expect(on).to.deep.equal({
      KeyId: id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: on.NextRotationDate,
    });
    const due = scene.sandbox.clock.now().getTime() + 365 * dayMs;
    expect(on.NextRotationDate?.getTime()).to.be.closeTo(due, 5000);
    await scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 90 });
    expect((await status(id)).RotationPeriodInDays).to.equal(90);
    await scene.kms.disableKeyRotation({ KeyId: id });
    expect(await status(id)).to.deep.equal({ KeyId: id, KeyRotationEnabled: false });
  });

  it('wants 90 to 2560 days', async () => {
    const { id } = await scene.key();
    for (const RotationPeriodInDays of [89, 2561]) {
      const request = scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays });
      expect((await refusal(request)).message).to.match(
        new RegExp(`^1 validation error detected: Value '${RotationPeriodInDays}' at 'rotationPeriodInDays'`),
      );
    }
  });

  it('gives new material when its time comes; old ciphertexts still open', async () => {
    const { id, metadata } = await scene.key();
    await scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 100 });
    const old = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('old') });
    scene.sandbox.clock.advance(99 * dayMs);
    expect(await materialOf(id)).to.equal(metadata.CurrentKeyMaterialId);
    scene.sandbox.clock.advance(dayMs + 1000);
    const second = await materialOf(id);
    expect(second).not.to.equal(metadata.CurrentKeyMaterialId);
    const opened = await scene.kms.decrypt({ CiphertextBlob: old.CiphertextBlob });
    expect(text(opened.Plaintext)).to.equal('old');
    expect(opened.KeyMaterialId).to.equal(metadata.CurrentKeyMaterialId);
    const fresh = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('new') });
    expect((await scene.kms.decrypt({ CiphertextBlob: fresh.CiphertextBlob })).KeyMaterialId).to.equal(
      second,
    );
    const next = (await status(id)).NextRotationDate?.getTime() ?? 0;
    expect(next - scene.sandbox.clock.now().getTime()).to.be.closeTo(100 * dayMs, 10_000);
  });

  it('waits while the key is disabled and then happens at once', async () => {
    const { id, metadata } = await scene.key();
    await scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 90 });
    await scene.kms.disableKey({ KeyId: id });
    scene.sandbox.clock.advance(200 * dayMs);
    expect(await materialOf(id)).to.equal(metadata.CurrentKeyMaterialId);
    expect((await status(id)).KeyRotationEnabled).to.equal(true);
    await scene.kms.enableKey({ KeyId: id });
    expect(await materialOf(id)).not.to.equal(metadata.CurrentKeyMaterialId);
    expect((await status(id)).NextRotationDate).to.be.greaterThan(scene.sandbox.clock.now());
  });

  it('is not for key pairs and HMAC keys', async () => {
    const { id } = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (const request of [
      () => scene.kms.enableKeyRotation({ KeyId: id }),
      () => scene.kms.disableKeyRotation({ KeyId: id }),
      () => scene.kms.getKeyRotationStatus({ KeyId: id }),
    ]) {
      expect(await scene.refusalSent(request())).to.deep.equal({
        code: 'UnsupportedOperationException',
        message: '',
      });
    }
  });

  it('is always on for keys of AWS', async () => {
    await scene.kms.describeKey({ KeyId: 'alias/aws/dynamodb' });
    const { Aliases } = await scene.kms.listAliases({});
    const KeyId = Aliases?.find((alias) => alias.AliasName === 'alias/aws/dynamodb')?.TargetKeyId ?? '';
    expect(await status(KeyId)).to.include({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });

  it('can be limited to a period', async () => {
    const user = await scene.user('rotation-quarterly');
    const { id } = await scene.keyWith([
      allowUser('rotation-quarterly', 'kms:EnableKeyRotation', {
        NumericLessThanEquals: { 'kms:RotationPeriodInDays': '180' },
      }),
    ]);
    await user.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 180 });
    expect((await refusal(user.kms.enableKeyRotation({ KeyId: id }))).name).to.equal('AccessDeniedException');
  });
});
