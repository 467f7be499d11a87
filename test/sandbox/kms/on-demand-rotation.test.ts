import { expect } from 'chai';
import { realistic } from '../../../sandbox/timing/timing.ts';
import { refusal } from '../refusal.ts';
import { bytes, region, Scene, text } from './scene.ts';

const dayMs = 24 * 60 * 60 * 1000;
const minuteMs = 60 * 1000;

describe('KMS RotateKeyOnDemand and ListKeyRotations', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
    scene.sandbox.setTiming({ onDemandRotationMs: realistic.onDemandRotationMs });
  });
  after(() => scene.close());

  const status = async (KeyId: string) => {
    const { $metadata: _, ...answer } = await scene.kms.getKeyRotationStatus({ KeyId });
    return answer;
  };
  const rotate = async (KeyId: string) => {
    await scene.kms.rotateKeyOnDemand({ KeyId });
    scene.sandbox.clock.advance(minuteMs);
  };
  const rotations = async (KeyId: string, more = {}) =>
    (await scene.kms.listKeyRotations({ KeyId, ...more })).Rotations ?? [];

  it('begin a rotation that ends a little later', async () => {
    const { id, metadata } = await scene.key();
    const old = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('old') });
    const { $metadata: _, ...answer } = await scene.kms.rotateKeyOnDemand({ KeyId: id });
    expect(answer).to.deep.equal({ KeyId: id });
    const during = await status(id);
    expect(during).to.deep.equal({
      KeyId: id,
      KeyRotationEnabled: false,
      OnDemandRotationStartDate: during.OnDemandRotationStartDate,
    });
    expect(during.OnDemandRotationStartDate?.getTime()).to.be.closeTo(
      scene.sandbox.clock.now().getTime(),
      5000,
    );
    expect(await rotations(id)).to.deep.equal([]);
    scene.sandbox.clock.advance(minuteMs);
    expect(await status(id)).to.deep.equal({ KeyId: id, KeyRotationEnabled: false });
    const { KeyMetadata } = await scene.kms.describeKey({ KeyId: id });
    expect(KeyMetadata?.CurrentKeyMaterialId).not.to.equal(metadata.CurrentKeyMaterialId);
    const opened = await scene.kms.decrypt({ CiphertextBlob: old.CiphertextBlob });
    expect(text(opened.Plaintext)).to.equal('old');
    expect(opened.KeyMaterialId).to.equal(metadata.CurrentKeyMaterialId);
    const listed = await rotations(id);
    expect(listed).to.deep.equal([
      {
        KeyId: id,
        KeyMaterialId: KeyMetadata?.CurrentKeyMaterialId,
        KeyMaterialState: 'CURRENT',
        RotationDate: listed[0]?.RotationDate,
        RotationType: 'ON_DEMAND',
      },
    ]);
    const took =
      (listed[0]?.RotationDate?.getTime() ?? 0) - (during.OnDemandRotationStartDate?.getTime() ?? 0);
    expect(took).to.be.greaterThan(0).and.lessThan(minuteMs);
  });

  it('end at once, unless the sandbox keeps to AWS’s pace', async () => {
    const { id } = await scene.key();
    scene.sandbox.setTiming({ onDemandRotationMs: 0 });
    await scene.kms.rotateKeyOnDemand({ KeyId: id });
    scene.sandbox.setTiming({ onDemandRotationMs: realistic.onDemandRotationMs });
    expect((await rotations(id)).map((one) => one.RotationType)).to.deep.equal(['ON_DEMAND']);
    expect(await status(id)).to.not.have.property('OnDemandRotationStartDate');
  });

  it('leave the schedule of automatic rotation as it is', async () => {
    const { id } = await scene.key();
    await scene.kms.enableKeyRotation({ KeyId: id });
    const before = await status(id);
    await rotate(id);
    expect(await status(id)).to.deep.equal(before);
    expect(before).to.include({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });

  it('list rotations of both kinds, and all material if asked to', async () => {
    const { id, metadata } = await scene.key();
    await scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 90 });
    await rotate(id);
    scene.sandbox.clock.advance(91 * dayMs);
    const all = await rotations(id, { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    expect(all.map((one) => [one.RotationType, one.KeyMaterialState])).to.deep.equal([
      [undefined, 'NON_CURRENT'],
      ['ON_DEMAND', 'NON_CURRENT'],
      ['AUTOMATIC', 'CURRENT'],
    ]);
    expect(all[0]).to.deep.equal({
      KeyId: id,
      KeyMaterialId: metadata.CurrentKeyMaterialId,
      KeyMaterialState: 'NON_CURRENT',
    });
    expect(await rotations(id, { IncludeKeyMaterial: 'ROTATIONS_ONLY' })).to.deep.equal(all.slice(1));
    expect(await rotations(id)).to.deep.equal(all.slice(1));
    expect(new Set(all.map((one) => one.KeyMaterialId)).size).to.equal(3);
  });

  it('is possible 25 times; the list comes in pages', async () => {
    const { id, arn } = await scene.key();
    for (let count = 0; count < 25; count += 1) await rotate(id);
    expect(await refusal(scene.kms.rotateKeyOnDemand({ KeyId: id }))).to.deep.equal({
      name: 'LimitExceededException',
      message:
        'The on-demand rotations limit has been reached for the given keyId. ' +
        `No more on-demand rotations can be performed for this key: ${arn}`,
      status: 400,
    });
    const all = await rotations(id);
    expect(all).to.have.length(25);
    const paged = [];
    let Marker: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await scene.kms.listKeyRotations({ KeyId: id, Limit: 10, Marker });
      expect(page.Truncated).to.equal(page.NextMarker !== undefined);
      sizes.push(page.Rotations?.length ?? 0);
      paged.push(...(page.Rotations ?? []));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(sizes).to.deep.equal([10, 10, 5]);
    expect(paged).to.deep.equal(all);
    const wrong = scene.kms.listKeyRotations({ KeyId: id, Marker: 'nonsense' });
    expect((await refusal(wrong)).name).to.equal('InvalidMarkerException');
  });

  it('conflicts with a rotation in progress, and with an automatic one in the next 20 minutes', async () => {
    const { id } = await scene.key();
    await scene.kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: 90 });
    await scene.kms.rotateKeyOnDemand({ KeyId: id });
    expect((await refusal(scene.kms.rotateKeyOnDemand({ KeyId: id }))).name).to.equal('ConflictException');
    scene.sandbox.clock.advance(90 * dayMs - 19 * minuteMs);
    expect(await refusal(scene.kms.rotateKeyOnDemand({ KeyId: id }))).to.deep.include({
      name: 'ConflictException',
      message:
        'The request was rejected because an automatic rotation of this key is currently in progress or ' +
        'scheduled to begin within the next 20 minutes.',
    });
    scene.sandbox.clock.advance(20 * minuteMs);
    await rotate(id);
    expect((await rotations(id)).map((one) => one.RotationType)).to.deep.equal([
      'ON_DEMAND',
      'AUTOMATIC',
      'ON_DEMAND',
    ]);
  });

  it('are for symmetric keys with material of KMS', async () => {
    const rsa = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    for (const request of [
      () => scene.kms.rotateKeyOnDemand({ KeyId: rsa.id }),
      () => scene.kms.listKeyRotations({ KeyId: rsa.id }),
    ]) {
      expect(await scene.refusalSent(request())).to.deep.equal({
        code: 'UnsupportedOperationException',
        message: '',
      });
    }
    const external = await scene.key({ Origin: 'EXTERNAL' });
    expect(await refusal(scene.kms.rotateKeyOnDemand({ KeyId: external.id }))).to.deep.equal({
      name: 'UnsupportedOperationException',
      message: `${external.arn} origin is EXTERNAL which is not valid for this operation.`,
      status: 400,
    });
  });

  it('wants an enabled key that exists, by key id or ARN', async () => {
    const { id, arn } = await scene.key();
    await scene.kms.createAlias({ AliasName: 'alias/turn', TargetKeyId: id });
    const byAlias = scene.kms.rotateKeyOnDemand({ KeyId: 'alias/turn' });
    expect((await refusal(byAlias)).message).to.equal("Invalid keyId 'alias/turn'");
    await scene.kms.disableKey({ KeyId: id });
    expect(await refusal(scene.kms.rotateKeyOnDemand({ KeyId: arn }))).to.deep.equal({
      name: 'DisabledException',
      message: `${arn} is disabled.`,
      status: 400,
    });
    await scene.kms.scheduleKeyDeletion({ KeyId: id });
    expect((await refusal(scene.kms.rotateKeyOnDemand({ KeyId: id }))).message).to.equal(
      `${arn} is pending deletion.`,
    );
    const missing = arn.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000');
    expect(await refusal(scene.kms.rotateKeyOnDemand({ KeyId: missing }))).to.deep.equal({
      name: 'NotFoundException',
      message: `Key '${missing}' does not exist`,
      status: 400,
    });
  });

  it('is not for the keys that AWS manages', async () => {
    const { keyId } = scene.sandbox.account.kms(region).awsManagedKey('dynamodb');
    expect((await refusal(scene.kms.rotateKeyOnDemand({ KeyId: keyId }))).name).to.equal(
      'AccessDeniedException',
    );
    expect(await rotations(keyId)).to.deep.equal([]);
  });
});
