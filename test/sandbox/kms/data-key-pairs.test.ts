import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allow, Scene } from './scene.ts';

describe('KMS data key pairs', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const publicPartOf = (privateKey: Uint8Array | undefined) =>
    createPublicKey(
      createPrivateKey({ key: Buffer.from(privateKey ?? []), format: 'der', type: 'pkcs8' }),
    ).export({ format: 'der', type: 'spki' });

  it('GenerateDataKeyPair gives a key pair, and its private key encrypted as well', async () => {
    const { id, arn, metadata } = await scene.key();
    const EncryptionContext = { a: 'b' };
    for (const KeyPairSpec of [
      'RSA_2048',
      'ECC_NIST_P256',
      'ECC_NIST_P521',
      'ECC_SECG_P256K1',
      'ECC_NIST_EDWARDS25519',
    ] as const) {
      const answer = await scene.kms.generateDataKeyPair({ KeyId: id, KeyPairSpec, EncryptionContext });
      expect(answer, KeyPairSpec).to.include({
        KeyId: arn,
        KeyPairSpec,
        KeyMaterialId: metadata.CurrentKeyMaterialId,
      });
      expect(publicPartOf(answer.PrivateKeyPlaintext)).to.deep.equal(Buffer.from(answer.PublicKey ?? []));
      const CiphertextBlob = answer.PrivateKeyCiphertextBlob;
      const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob, EncryptionContext });
      expect(Buffer.from(Plaintext ?? [])).to.deep.equal(Buffer.from(answer.PrivateKeyPlaintext ?? []));
      expect(await scene.refusalSent(scene.kms.decrypt({ CiphertextBlob }))).to.include({
        code: 'InvalidCiphertextException',
      });
    }
  });

  it('GenerateDataKeyPairWithoutPlaintext leaves the private key out', async () => {
    const { id, arn } = await scene.key();
    const request = { KeyId: id, KeyPairSpec: 'ECC_NIST_P384' } as const;
    const answer = await scene.kms.generateDataKeyPairWithoutPlaintext(request);
    expect(answer).to.include({ KeyId: arn, KeyPairSpec: 'ECC_NIST_P384' });
    expect(answer).not.to.have.property('PrivateKeyPlaintext');
    const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob: answer.PrivateKeyCiphertextBlob });
    expect(publicPartOf(Plaintext)).to.deep.equal(Buffer.from(answer.PublicKey ?? []));
  });

  it('come from symmetric encryption keys that are enabled', async () => {
    const rsa = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const hmac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const disabled = await scene.key();
    await scene.kms.disableKey({ KeyId: disabled.id });
    const KeyPairSpec = 'ECC_NIST_P256';
    expect(await refusal(scene.kms.generateDataKeyPair({ KeyId: rsa.id, KeyPairSpec }))).to.include({
      name: 'InvalidKeyUsageException',
    });
    for (const [operation, request] of [
      ['GenerateDataKeyPair', scene.kms.generateDataKeyPair({ KeyId: hmac.id, KeyPairSpec })],
      [
        'GenerateDataKeyPairWithoutPlaintext',
        scene.kms.generateDataKeyPairWithoutPlaintext({ KeyId: hmac.id, KeyPairSpec }),
      ],
    ] as const) {
      expect((await refusal(request)).message).to.equal(
        `${hmac.arn} key usage is GENERATE_VERIFY_MAC which is not valid for ${operation}.`,
      );
    }
    expect((await refusal(scene.kms.generateDataKeyPair({ KeyId: disabled.id, KeyPairSpec }))).name).to.equal(
      'DisabledException',
    );
  });

  it('are of a known kind, which can be refused by name', async () => {
    const { id } = await scene.key();
    const unknown = { KeyId: id, KeyPairSpec: 'RSA_1024' as 'RSA_2048' };
    expect((await refusal(scene.kms.generateDataKeyPair(unknown))).message).to.match(
      /Value 'RSA_1024' at 'keyPairSpec' failed to satisfy constraint: Member must satisfy enum value set/,
    );
    const chinese = scene.kms.generateDataKeyPair({ KeyId: id, KeyPairSpec: 'SM2' });
    expect(await refusal(chinese)).to.include({ name: 'UnsupportedOperationException' });
    const dry = scene.kms.generateDataKeyPair({ KeyId: id, KeyPairSpec: 'ECC_NIST_P256', DryRun: true });
    expect((await refusal(dry)).name).to.equal('DryRunOperationException');
  });

  it('can be limited to a kind and to an encryption context', async () => {
    const user = await scene.user('pair-maker', [
      allow(['kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext'], '*', {
        StringLike: { 'kms:DataKeyPairSpec': 'ECC_NIST_*' },
        StringEquals: { 'kms:EncryptionContext:purpose': 'test' },
      }),
    ]);
    const { id } = await scene.key();
    const right = {
      KeyId: id,
      KeyPairSpec: 'ECC_NIST_P256',
      EncryptionContext: { purpose: 'test' },
    } as const;
    await user.kms.generateDataKeyPair(right);
    await user.kms.generateDataKeyPairWithoutPlaintext(right);
    for (const wrong of [
      { ...right, KeyPairSpec: 'ECC_SECG_P256K1' as const },
      { ...right, EncryptionContext: {} },
    ]) {
      expect((await refusal(user.kms.generateDataKeyPair(wrong))).name).to.equal('AccessDeniedException');
      expect((await refusal(user.kms.generateDataKeyPairWithoutPlaintext(wrong))).name).to.equal(
        'AccessDeniedException',
      );
    }
  });
});
