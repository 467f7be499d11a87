import { createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allowUser, Scene } from './scene.ts';

describe('KMS GetPublicKey', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const publicKeyOf = async (KeyId: string) => {
    const { $metadata: _, PublicKey, ...rest } = await scene.kms.getPublicKey({ KeyId });
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    return { rest, key };
  };

  it('gives the public key of an RSA key, with what it is for', async () => {
    const { id, arn } = await scene.key({ KeySpec: 'RSA_3072', KeyUsage: 'ENCRYPT_DECRYPT' });
    const { rest, key } = await publicKeyOf(id);
    expect(rest).to.deep.equal({
      KeyId: arn,
      CustomerMasterKeySpec: 'RSA_3072',
      KeySpec: 'RSA_3072',
      KeyUsage: 'ENCRYPT_DECRYPT',
      EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    });
    expect(key.asymmetricKeyType).to.equal('rsa');
    expect(key.asymmetricKeyDetails?.modulusLength).to.equal(3072);
  });

  it('gives the public key of an elliptic curve key', async () => {
    for (const [KeySpec, KeyUsage, algorithms, curve] of [
      ['ECC_NIST_P256', 'SIGN_VERIFY', { SigningAlgorithms: ['ECDSA_SHA_256'] }, 'prime256v1'],
      ['ECC_NIST_P521', 'KEY_AGREEMENT', { KeyAgreementAlgorithms: ['ECDH'] }, 'secp521r1'],
      ['ECC_SECG_P256K1', 'SIGN_VERIFY', { SigningAlgorithms: ['ECDSA_SHA_256'] }, 'secp256k1'],
    ] as const) {
      const { id, arn } = await scene.key({ KeySpec, KeyUsage });
      const { rest, key } = await publicKeyOf(id);
      const spec = { CustomerMasterKeySpec: KeySpec, KeySpec, KeyUsage };
      expect(rest).to.deep.equal({ KeyId: arn, ...spec, ...algorithms });
      expect(key.asymmetricKeyDetails?.namedCurve).to.equal(curve);
    }
    const edwards = await scene.key({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
    expect((await publicKeyOf(edwards.id)).key.asymmetricKeyType).to.equal('ed25519');
  });

  it('gives no private key', async () => {
    const { id } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    expect((await publicKeyOf(id)).key.type).to.equal('public');
  });

  it('is the same each time, and found by an alias', async () => {
    const { id, arn } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await scene.kms.createAlias({ AliasName: 'alias/public', TargetKeyId: id });
    const [one, two] = [await publicKeyOf(id), await publicKeyOf('alias/public')];
    expect(two.key.equals(one.key)).to.equal(true);
    expect(two.rest.KeyId).to.equal(arn);
  });

  it('is for key pairs', async () => {
    for (const { id } of [
      await scene.key(),
      await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    ]) {
      expect(await scene.refusalSent(scene.kms.getPublicKey({ KeyId: id }))).to.deep.equal({
        code: 'UnsupportedOperationException',
        message: '',
      });
    }
  });

  it('wants an enabled key with material', async () => {
    const { id, arn } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await scene.kms.disableKey({ KeyId: id });
    expect(await refusal(scene.kms.getPublicKey({ KeyId: id }))).to.deep.equal({
      name: 'DisabledException',
      message: `${arn} is disabled.`,
      status: 400,
    });
    const external = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', Origin: 'EXTERNAL' });
    expect((await refusal(scene.kms.getPublicKey({ KeyId: external.id }))).message).to.equal(
      `${external.arn} is pending import.`,
    );
  });

  it('can be limited to an alias', async () => {
    const user = await scene.user('public-by-alias');
    const key = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await scene.kms.createAlias({ AliasName: 'alias/published', TargetKeyId: key.id });
    const { Policy } = await scene.kms.getKeyPolicy({ KeyId: key.id });
    const policy = JSON.parse(Policy ?? '{}');
    policy.Statement.push(
      allowUser('public-by-alias', 'kms:GetPublicKey', {
        StringEquals: { 'kms:RequestAlias': 'alias/published' },
      }),
    );
    await scene.kms.putKeyPolicy({ KeyId: key.id, Policy: JSON.stringify(policy) });
    await user.kms.getPublicKey({ KeyId: 'alias/published' });
    expect((await refusal(user.kms.getPublicKey({ KeyId: key.id }))).name).to.equal('AccessDeniedException');
  });
});
