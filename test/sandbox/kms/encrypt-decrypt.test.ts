import { constants, createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { bytes, Scene, text } from './scene.ts';

const invalidCiphertext = { code: 'InvalidCiphertextException', message: '' };

describe('KMS Encrypt and Decrypt', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  describe('with a symmetric key', () => {
    it('give back what was put in, and say which key and material did it', async () => {
      const { id, arn, metadata } = await scene.key();
      const encrypted = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('a secret') });
      expect(encrypted).to.include({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
      expect(text(encrypted.CiphertextBlob)).not.to.include('a secret');
      const { $metadata: _, ...decrypted } = await scene.kms.decrypt({
        CiphertextBlob: encrypted.CiphertextBlob,
      });
      expect({ ...decrypted, Plaintext: text(decrypted.Plaintext) }).to.deep.equal({
        KeyId: arn,
        Plaintext: 'a secret',
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        KeyMaterialId: metadata.CurrentKeyMaterialId,
      });
    });

    it('make another ciphertext each time', async () => {
      const { id } = await scene.key();
      const [one, two] = await Promise.all([
        scene.kms.encrypt({ KeyId: id, Plaintext: bytes('same') }),
        scene.kms.encrypt({ KeyId: id, Plaintext: bytes('same') }),
      ]);
      expect(Buffer.from(one.CiphertextBlob ?? []).equals(two.CiphertextBlob ?? Buffer.alloc(0))).to.equal(
        false,
      );
    });

    it('take the key by id, ARN and alias; Decrypt takes the key that was used', async () => {
      const { id, arn } = await scene.key();
      await scene.kms.createAlias({ AliasName: 'alias/encrypting', TargetKeyId: id });
      for (const KeyId of [id, arn, 'alias/encrypting']) {
        const { CiphertextBlob } = await scene.kms.encrypt({ KeyId, Plaintext: bytes(KeyId) });
        for (const named of [undefined, id, arn, 'alias/encrypting']) {
          const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob, KeyId: named });
          expect(text(Plaintext)).to.equal(KeyId);
        }
      }
    });

    it('refuse to decrypt with another key, also one for signing', async () => {
      const { id } = await scene.key();
      const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x') });
      const other = await scene.key();
      const signing = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
      for (const KeyId of [other.id, signing.id]) {
        expect(await refusal(scene.kms.decrypt({ CiphertextBlob, KeyId }))).to.deep.equal({
          name: 'IncorrectKeyException',
          message: 'The key ID in the request does not identify a CMK that can perform this operation.',
          status: 400,
        });
      }
    });

    it('take 1 to 4096 bytes', async () => {
      const { id } = await scene.key();
      const longest = Buffer.alloc(4096, 7);
      const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: longest });
      expect(CiphertextBlob?.length).to.be.lessThan(6144);
      const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob });
      expect(longest.equals(Plaintext ?? Buffer.alloc(0))).to.equal(true);
      expect(await refusal(scene.kms.encrypt({ KeyId: id, Plaintext: Buffer.alloc(4097) }))).to.deep.equal({
        name: 'ValidationException',
        message:
          "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
        status: 400,
      });
      expect(await refusal(scene.kms.encrypt({ KeyId: id, Plaintext: Buffer.alloc(0) }))).to.include({
        name: 'ValidationException',
      });
    });

    it('refuse the algorithms of other keys', async () => {
      const { id } = await scene.key();
      const request = { KeyId: id, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
      expect((await refusal(scene.kms.encrypt({ ...request, Plaintext: bytes('x') }))).message).to.equal(
        'Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.',
      );
      expect((await refusal(scene.kms.decrypt({ ...request, CiphertextBlob: bytes('x') }))).name).to.equal(
        'InvalidKeyUsageException',
      );
    });

    it('refuse blobs that are none of ours, and no blob at all', async () => {
      const { id } = await scene.key();
      const foreign = Buffer.from('AQICAHhYZ2Fyb21lIG90aGVyIEtNUyBlbnRpcmVseQ==', 'base64');
      for (const CiphertextBlob of [foreign, bytes('x'), Buffer.alloc(300), bytes('LWK\u0001')]) {
        for (const KeyId of [undefined, id]) {
          const sent = await scene.refusalSent(scene.kms.decrypt({ CiphertextBlob, KeyId }));
          expect(sent).to.deep.equal(invalidCiphertext);
        }
      }
      expect((await refusal(scene.kms.decrypt({ KeyId: id }))).message).to.equal(
        "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
      );
    });
  });

  describe('the encryption context', () => {
    it('must be the same, in whatever order', async () => {
      const { id } = await scene.key();
      const EncryptionContext = { department: 'IT', purpose: 'test', 'aws:x': 'é' };
      const { CiphertextBlob } = await scene.kms.encrypt({
        KeyId: id,
        Plaintext: bytes('bound'),
        EncryptionContext,
      });
      const reversed = Object.fromEntries(Object.entries(EncryptionContext).reverse());
      for (const context of [EncryptionContext, reversed]) {
        const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob, EncryptionContext: context });
        expect(text(Plaintext)).to.equal('bound');
      }
      const wrongContexts: readonly (Record<string, string> | undefined)[] = [
        undefined,
        {},
        { department: 'IT', purpose: 'test' },
        { ...EncryptionContext, more: '1' },
        { ...EncryptionContext, purpose: 'Test' },
        { Department: 'IT', purpose: 'test', 'aws:x': 'é' },
        { departmen: 'tIT', purpose: 'test', 'aws:x': 'é' },
      ];
      for (const wrong of wrongContexts) {
        const request = scene.kms.decrypt({ CiphertextBlob, EncryptionContext: wrong });
        expect(await scene.refusalSent(request), JSON.stringify(wrong)).to.deep.equal(invalidCiphertext);
      }
    });

    it('must be absent where there was none', async () => {
      const { id } = await scene.key();
      const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('free') });
      await scene.kms.decrypt({ CiphertextBlob, EncryptionContext: {} });
      const request = scene.kms.decrypt({ CiphertextBlob, EncryptionContext: { a: 'b' } });
      expect(await scene.refusalSent(request)).to.deep.equal(invalidCiphertext);
    });
  });

  describe('with an RSA key', () => {
    it('work by both algorithms, with the key named', async () => {
      const { id, arn } = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
      for (const EncryptionAlgorithm of ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const) {
        const encrypted = await scene.kms.encrypt({
          KeyId: id,
          Plaintext: bytes('rsa'),
          EncryptionAlgorithm,
        });
        expect(encrypted).to.include({ KeyId: arn, EncryptionAlgorithm });
        const { CiphertextBlob } = encrypted;
        const decrypted = await scene.kms.decrypt({ KeyId: id, CiphertextBlob, EncryptionAlgorithm });
        expect(text(decrypted.Plaintext)).to.equal('rsa');
        expect(decrypted).not.to.have.property('KeyMaterialId');
        expect((await refusal(scene.kms.decrypt({ CiphertextBlob, EncryptionAlgorithm }))).name).to.equal(
          'ValidationException',
        );
        const damaged = Buffer.from(CiphertextBlob ?? []);
        damaged[40] = (damaged[40] ?? 0) ^ 1;
        const request = scene.kms.decrypt({ KeyId: id, CiphertextBlob: damaged, EncryptionAlgorithm });
        expect(await scene.refusalSent(request)).to.deep.equal(invalidCiphertext);
      }
    });

    it('open what was encrypted outside with the public key', async () => {
      const { id } = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
      const material = scene.sandbox.account.kms('eu-west-1').key(id)?.materials[0];
      const privateKey = createPrivateKey({
        key: Buffer.from(material?.secret ?? []),
        format: 'der',
        type: 'pkcs8',
      });
      const CiphertextBlob = publicEncrypt(
        { key: createPublicKey(privateKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        bytes('from outside'),
      );
      const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
      const { Plaintext } = await scene.kms.decrypt({ KeyId: id, CiphertextBlob, EncryptionAlgorithm });
      expect(text(Plaintext)).to.equal('from outside');
    });

    it('take as many bytes as fit, and no encryption context', async () => {
      const { id } = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
      const request = { KeyId: id, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
      await scene.kms.encrypt({ ...request, Plaintext: Buffer.alloc(190) });
      expect(
        (await refusal(scene.kms.encrypt({ ...request, Plaintext: Buffer.alloc(191) }))).message,
      ).to.equal(
        'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
      );
      const EncryptionContext = { a: 'b' };
      expect(
        (await refusal(scene.kms.encrypt({ ...request, Plaintext: bytes('x'), EncryptionContext }))).name,
      ).to.equal('ValidationException');
    });
  });

  it('refuse keys for other uses', async () => {
    const signing = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const mac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (const { id, arn, metadata } of [signing, mac]) {
      expect(await refusal(scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x') }))).to.deep.equal({
        name: 'InvalidKeyUsageException',
        message: `${arn} key usage is ${metadata.KeyUsage} which is not valid for Encrypt.`,
        status: 400,
      });
    }
  });

  it('end a dry run before the work, after the checks', async () => {
    const { id } = await scene.key();
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x') });
    const wouldSucceed = {
      name: 'DryRunOperationException',
      message: 'The request would have succeeded, but the DryRun option is set.',
      status: 400,
    };
    const dry = { DryRun: true };
    expect(await refusal(scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x'), ...dry }))).to.deep.equal(
      wouldSucceed,
    );
    expect(await refusal(scene.kms.decrypt({ CiphertextBlob, ...dry }))).to.deep.equal(wouldSucceed);
    expect(
      await refusal(scene.kms.decrypt({ KeyId: id, ...dry, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })),
    ).to.deep.equal(wouldSucceed);
    const wrong = scene.kms.decrypt({ CiphertextBlob, EncryptionContext: { a: 'b' }, ...dry });
    expect((await refusal(wrong)).name).to.equal('InvalidCiphertextException');
    const nobody = await scene.user('dry-nobody');
    expect((await refusal(nobody.kms.decrypt({ CiphertextBlob, ...dry }))).name).to.equal(
      'AccessDeniedException',
    );
  });
});
