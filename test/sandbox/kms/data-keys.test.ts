import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allowUser, Scene } from './scene.ts';

describe('KMS data keys and random bytes', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  it('GenerateDataKey gives a key in plaintext and the same encrypted', async () => {
    const { id, arn, metadata } = await scene.key();
    for (const [size, length] of [
      [{ KeySpec: 'AES_128' }, 16],
      [{ KeySpec: 'AES_256' }, 32],
      [{ NumberOfBytes: 1024 }, 1024],
    ] as const) {
      const answer = await scene.kms.generateDataKey({ KeyId: id, ...size, EncryptionContext: { a: 'b' } });
      expect(answer).to.include({ KeyId: arn, KeyMaterialId: metadata.CurrentKeyMaterialId });
      expect(answer.Plaintext?.length).to.equal(length);
      const { CiphertextBlob } = answer;
      const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob, EncryptionContext: { a: 'b' } });
      expect(Buffer.from(Plaintext ?? []).equals(answer.Plaintext ?? Buffer.alloc(0))).to.equal(true);
      const without = scene.kms.decrypt({ CiphertextBlob });
      expect(await scene.refusalSent(without)).to.deep.equal({
        code: 'InvalidCiphertextException',
        message: '',
      });
    }
  });

  it('GenerateDataKeyWithoutPlaintext gives the encrypted key only', async () => {
    const { id, arn } = await scene.key();
    const answer = await scene.kms.generateDataKeyWithoutPlaintext({ KeyId: id, KeySpec: 'AES_256' });
    expect(answer.KeyId).to.equal(arn);
    expect(answer).not.to.have.property('Plaintext');
    const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob: answer.CiphertextBlob });
    expect(Plaintext?.length).to.equal(32);
  });

  it('want one way of saying the length, within AWS limits', async () => {
    const { id } = await scene.key();
    for (const size of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 }] as const) {
      expect(await refusal(scene.kms.generateDataKey({ KeyId: id, ...size }))).to.deep.equal({
        name: 'ValidationException',
        message: 'Please specify either number of bytes or key spec.',
        status: 400,
      });
    }
    expect((await refusal(scene.kms.generateDataKey({ KeyId: id, NumberOfBytes: 1025 }))).message).to.equal(
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    );
    const wrongSpec = { KeyId: id, KeySpec: 'SYMMETRIC_DEFAULT' as 'AES_256' };
    expect((await refusal(scene.kms.generateDataKey(wrongSpec))).message).to.match(
      /Member must satisfy enum value set: \[AES_128, AES_256\]$/,
    );
  });

  it('come from symmetric encryption keys only', async () => {
    const rsa = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    expect(await refusal(scene.kms.generateDataKey({ KeyId: rsa.id, KeySpec: 'AES_256' }))).to.deep.equal({
      name: 'InvalidKeyUsageException',
      message: 'You cannot generate a data key with an asymmetric CMK',
      status: 400,
    });
    const mac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(
      (await refusal(scene.kms.generateDataKey({ KeyId: mac.id, KeySpec: 'AES_256' }))).message,
    ).to.equal(`${mac.arn} key usage is GENERATE_VERIFY_MAC which is not valid for GenerateDataKey.`);
  });

  it('with and without plaintext are two permissions', async () => {
    const user = await scene.user('data-blind');
    const { id } = await scene.keyWith([allowUser('data-blind', 'kms:GenerateDataKeyWithoutPlaintext')]);
    await user.kms.generateDataKeyWithoutPlaintext({ KeyId: id, KeySpec: 'AES_256' });
    const request = user.kms.generateDataKey({ KeyId: id, KeySpec: 'AES_256' });
    expect((await refusal(request)).message).to.include('not authorized to perform: kms:GenerateDataKey on');
  });

  it('GenerateRandom gives bytes', async () => {
    const { Plaintext } = await scene.kms.generateRandom({ NumberOfBytes: 48 });
    expect(Plaintext?.length).to.equal(48);
    expect((await refusal(scene.kms.generateRandom({}))).message).to.equal(
      'Please specify either number of bytes or key spec.',
    );
    const inKeyStore = scene.kms.generateRandom({ NumberOfBytes: 1, CustomKeyStoreId: 'cks-1' });
    expect((await refusal(inKeyStore)).name).to.equal('CustomKeyStoreNotFoundException');
    const user = await scene.user('random-nobody');
    expect((await refusal(user.kms.generateRandom({ NumberOfBytes: 1 }))).message).to.match(
      /kms:GenerateRandom on resource: \* because no identity-based policy/,
    );
  });

  it('do not ignore an attested recipient', async () => {
    const { id } = await scene.key();
    const Recipient = {
      KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      AttestationDocument: Buffer.alloc(4),
    } as const;
    const request = scene.kms.generateDataKey({ KeyId: id, KeySpec: 'AES_256', Recipient });
    expect(await refusal(request)).to.deep.equal({
      name: 'ValidationException',
      message: 'The sandbox does not have GenerateDataKey with Recipient.',
      status: 400,
    });
  });
});
