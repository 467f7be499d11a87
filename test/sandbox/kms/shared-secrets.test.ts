import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allow, Scene } from './scene.ts';

const KeyAgreementAlgorithm = 'ECDH';

describe('KMS DeriveSharedSecret', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const agreementKey = (KeySpec: 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'ECC_NIST_P521' = 'ECC_NIST_P256') =>
    scene.key({ KeySpec, KeyUsage: 'KEY_AGREEMENT' });
  const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' });

  for (const [spec, namedCurve, length] of [
    ['ECC_NIST_P256', 'prime256v1', 32],
    ['ECC_NIST_P384', 'secp384r1', 48],
    ['ECC_NIST_P521', 'secp521r1', 66],
  ] as const) {
    it(`with ${spec}, gives what the other side derives`, async () => {
      const { id, arn } = await agreementKey(spec);
      const peer = generateKeyPairSync('ec', { namedCurve });
      const {
        $metadata: _,
        SharedSecret,
        ...rest
      } = await scene.kms.deriveSharedSecret({
        KeyId: id,
        KeyAgreementAlgorithm,
        PublicKey: spki(peer.publicKey),
      });
      expect(rest).to.deep.equal({ KeyId: arn, KeyAgreementAlgorithm, KeyOrigin: 'AWS_KMS' });
      const { PublicKey } = await scene.kms.getPublicKey({ KeyId: id });
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
      const theirs = diffieHellman({ privateKey: peer.privateKey, publicKey });
      expect(Buffer.from(SharedSecret ?? [])).to.deep.equal(theirs);
      expect(theirs).to.have.length(length);
    });
  }

  it('of two keys is the same from both sides', async () => {
    const [one, two] = [await agreementKey(), await agreementKey()];
    const derive = async (KeyId: string, from: string) => {
      const { PublicKey } = await scene.kms.getPublicKey({ KeyId: from });
      const answer = await scene.kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm, PublicKey });
      return Buffer.from(answer.SharedSecret ?? []);
    };
    expect(await derive(one.id, two.id)).to.deep.equal(await derive(two.id, one.id));
    expect(await derive(one.id, two.id)).not.to.deep.equal(await derive(one.id, one.id));
  });

  it('refuses what is no public key on the curve of the key', async () => {
    const { id } = await agreementKey();
    const otherCurve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const right = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    for (const PublicKey of [
      spki(otherCurve.publicKey),
      spki(generateKeyPairSync('ed25519').publicKey),
      spki(right.publicKey).subarray(1),
      Buffer.from('not a key'),
      right.privateKey.export({ format: 'der', type: 'pkcs8' }),
    ]) {
      const request = scene.kms.deriveSharedSecret({ KeyId: id, KeyAgreementAlgorithm, PublicKey });
      expect(await refusal(request)).to.deep.equal({
        name: 'ValidationException',
        message: 'PublicKey is not a public key of key spec ECC_NIST_P256.',
        status: 400,
      });
    }
  });

  it('is for enabled keys of key agreement', async () => {
    const signing = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const PublicKey = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
    const request = { KeyAgreementAlgorithm, PublicKey } as const;
    expect(await refusal(scene.kms.deriveSharedSecret({ ...request, KeyId: signing.id }))).to.deep.equal({
      name: 'InvalidKeyUsageException',
      message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.`,
      status: 400,
    });
    const { id } = await agreementKey();
    const dry = scene.kms.deriveSharedSecret({ ...request, KeyId: id, DryRun: true });
    expect((await refusal(dry)).name).to.equal('DryRunOperationException');
    await scene.kms.disableKey({ KeyId: id });
    expect((await refusal(scene.kms.deriveSharedSecret({ ...request, KeyId: id }))).name).to.equal(
      'DisabledException',
    );
  });

  it('can be limited to an algorithm, which is there in every request', async () => {
    const user = await scene.user('agreeing', [
      allow('kms:DeriveSharedSecret', '*', { StringEquals: { 'kms:KeyAgreementAlgorithm': 'ECDH' } }),
    ]);
    const stranger = await scene.user('not-agreeing', [
      allow('kms:DeriveSharedSecret', '*', { StringNotEquals: { 'kms:KeyAgreementAlgorithm': 'ECDH' } }),
    ]);
    const { id } = await agreementKey();
    const PublicKey = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
    const request = { KeyId: id, KeyAgreementAlgorithm, PublicKey } as const;
    await user.kms.deriveSharedSecret(request);
    expect((await refusal(stranger.kms.deriveSharedSecret(request))).name).to.equal('AccessDeniedException');
  });
});
