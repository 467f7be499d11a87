import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allow, allowUser, bytes, denied, Scene, text } from './scene.ts';

describe('KMS ReEncrypt', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  it('moves a ciphertext to another key and another encryption context', async () => {
    const [from, to] = [await scene.key(), await scene.key()];
    const { CiphertextBlob } = await scene.kms.encrypt({
      KeyId: from.id,
      Plaintext: bytes('moving'),
      EncryptionContext: { place: 'old' },
    });
    const { $metadata: _, ...moved } = await scene.kms.reEncrypt({
      CiphertextBlob,
      SourceEncryptionContext: { place: 'old' },
      DestinationKeyId: to.id,
      DestinationEncryptionContext: { place: 'new' },
    });
    expect(moved).to.deep.equal({
      CiphertextBlob: moved.CiphertextBlob,
      SourceKeyId: from.arn,
      KeyId: to.arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: from.metadata.CurrentKeyMaterialId,
      DestinationKeyMaterialId: to.metadata.CurrentKeyMaterialId,
    });
    const decrypted = await scene.kms.decrypt({
      CiphertextBlob: moved.CiphertextBlob,
      EncryptionContext: { place: 'new' },
    });
    expect(text(decrypted.Plaintext)).to.equal('moving');
    expect(decrypted.KeyId).to.equal(to.arn);
  });

  it('goes from an RSA key to a symmetric one', async () => {
    const from = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const to = await scene.key();
    const { CiphertextBlob } = await scene.kms.encrypt({
      KeyId: from.id,
      Plaintext: bytes('across'),
      EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    });
    const moved = await scene.kms.reEncrypt({
      CiphertextBlob,
      SourceKeyId: from.id,
      SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      DestinationKeyId: to.id,
    });
    const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob: moved.CiphertextBlob });
    expect(text(Plaintext)).to.equal('across');
  });

  it('refuses a source key that is not the one of the ciphertext', async () => {
    const [from, other] = [await scene.key(), await scene.key()];
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: from.id, Plaintext: bytes('x') });
    expect(
      await refusal(
        scene.kms.reEncrypt({ CiphertextBlob, SourceKeyId: other.id, DestinationKeyId: from.id }),
      ),
    ).to.deep.equal({
      name: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      status: 400,
    });
  });

  it('ends a dry run before the work, with or without a ciphertext', async () => {
    const [from, to] = [await scene.key(), await scene.key()];
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: from.id, Plaintext: bytes('x') });
    for (const request of [
      scene.kms.reEncrypt({ CiphertextBlob, DestinationKeyId: to.id, DryRun: true }),
      scene.kms.reEncrypt({
        CiphertextBlob: undefined,
        SourceKeyId: from.id,
        DestinationKeyId: to.id,
        DryRun: true,
        DryRunModifiers: ['IGNORE_CIPHERTEXT'],
      }),
    ]) {
      expect((await refusal(request)).name).to.equal('DryRunOperationException');
    }
  });

  it('needs kms:ReEncryptFrom on the source and kms:ReEncryptTo on the destination', async () => {
    const mover = await scene.user('re-mover');
    const source = await scene.keyWith([allowUser('re-mover', 'kms:ReEncryptFrom')]);
    const destination = await scene.keyWith([allowUser('re-mover', 'kms:ReEncryptTo')]);
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: source.id, Plaintext: bytes('x') });
    const moved = await mover.kms.reEncrypt({ CiphertextBlob, DestinationKeyId: destination.id });

    const back = mover.kms.reEncrypt({ CiphertextBlob: moved.CiphertextBlob, DestinationKeyId: source.id });
    expect(await refusal(back)).to.deep.equal(
      denied(
        're-mover',
        'kms:ReEncryptFrom',
        destination.arn,
        'because no identity-based policy allows the kms:ReEncryptFrom action',
      ),
    );
    const stay = mover.kms.reEncrypt({ CiphertextBlob, DestinationKeyId: source.id });
    expect((await refusal(stay)).message).to.include(`kms:ReEncryptTo on resource: ${source.arn}`);
  });

  it('tells policies of each key its own context, and whether the key stays the same', async () => {
    const mover = await scene.user('re-limited', [
      allow('kms:ReEncryptFrom', '*', { StringEquals: { 'kms:EncryptionContext:place': 'old' } }),
      allow('kms:ReEncryptTo', '*', {
        StringEquals: { 'kms:EncryptionContext:place': 'new' },
        Bool: { 'kms:ReEncryptOnSameKey': 'true' },
      }),
    ]);
    const [key, other] = [await scene.key(), await scene.key()];
    const { CiphertextBlob } = await scene.kms.encrypt({
      KeyId: key.id,
      Plaintext: bytes('x'),
      EncryptionContext: { place: 'old' },
    });
    const request = (DestinationKeyId: string, place: string) =>
      mover.kms.reEncrypt({
        CiphertextBlob,
        SourceEncryptionContext: { place: 'old' },
        DestinationKeyId,
        DestinationEncryptionContext: { place },
      });
    await request(key.id, 'new');
    expect((await refusal(request(other.id, 'new'))).name).to.equal('AccessDeniedException');
    expect((await refusal(request(key.id, 'newer'))).name).to.equal('AccessDeniedException');
  });
});
