import { constants, createHash, createPublicKey, type VerifyKeyObjectInput, verify } from 'node:crypto';
import type { KeySpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allowUser, bytes, Scene, type TestKey } from './scene.ts';

const rsaAlgorithms: readonly SigningAlgorithmSpec[] = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];
const curves: readonly (readonly [KeySpec, SigningAlgorithmSpec])[] = [
  ['ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['ECC_NIST_P384', 'ECDSA_SHA_384'],
  ['ECC_NIST_P521', 'ECDSA_SHA_512'],
  ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
];

/** Node's name of the hash that an algorithm ends in. */
function hashOf(algorithm: SigningAlgorithmSpec): string {
  return algorithm.slice(-'SHA_256'.length).toLowerCase().replace('_', '');
}

function digestOf(algorithm: SigningAlgorithmSpec, message: Uint8Array): Buffer {
  return createHash(hashOf(algorithm)).update(message).digest();
}

describe('KMS Sign and Verify', () => {
  let scene: Scene;
  let rsa: TestKey;
  before(async () => {
    scene = await Scene.start();
    rsa = await scene.key({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  });
  after(() => scene.close());

  const signingKey = (KeySpec: KeySpec) => scene.key({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
  /** What anybody who has the public key finds, with Node's crypto alone. */
  const holdsOutside = async (
    { id }: TestKey,
    SigningAlgorithm: SigningAlgorithmSpec,
    message: Uint8Array,
    signature: Uint8Array,
  ) => {
    const { PublicKey } = await scene.kms.getPublicKey({ KeyId: id });
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    const withPadding: VerifyKeyObjectInput = SigningAlgorithm.startsWith('RSASSA_PSS')
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { key };
    const hash = SigningAlgorithm.startsWith('ED25519') ? null : hashOf(SigningAlgorithm);
    return verify(hash, message, withPadding, signature);
  };

  /** Messages and digests, signed either way, verified either way, inside and outside. */
  const roundTrips = async (key: TestKey, SigningAlgorithm: SigningAlgorithmSpec) => {
    const message = bytes('A message that is signed');
    const ways = [
      { MessageType: 'RAW', Message: message },
      { MessageType: 'DIGEST', Message: digestOf(SigningAlgorithm, message) },
    ] as const;
    for (const signedAs of ways) {
      const signed = await scene.kms.sign({ KeyId: key.id, SigningAlgorithm, ...signedAs });
      expect(signed).to.include({ KeyId: key.arn, SigningAlgorithm });
      const Signature = signed.Signature ?? new Uint8Array();
      expect(await holdsOutside(key, SigningAlgorithm, message, Signature), signedAs.MessageType).to.equal(
        true,
      );
      for (const verifiedAs of ways) {
        const request = { KeyId: key.id, SigningAlgorithm, Signature, ...verifiedAs };
        const { $metadata: _, ...answer } = await scene.kms.verify(request);
        expect(answer).to.deep.equal({ KeyId: key.arn, SignatureValid: true, SigningAlgorithm });
        const other = Buffer.from(verifiedAs.Message);
        other[3] = (other[3] ?? 0) ^ 4;
        const refused = scene.refusalSent(scene.kms.verify({ ...request, Message: other }));
        expect(await refused).to.deep.equal({ code: 'KMSInvalidSignatureException', message: '' });
      }
    }
  };

  for (const algorithm of rsaAlgorithms) {
    it(`with RSA_2048 and ${algorithm}`, () => roundTrips(rsa, algorithm));
  }

  for (const [spec, algorithm] of curves) {
    it(`with ${spec} and ${algorithm}`, async () => roundTrips(await signingKey(spec), algorithm));
  }

  it('with the other lengths of RSA keys', async () => {
    for (const spec of ['RSA_3072', 'RSA_4096'] as const) {
      await roundTrips(await signingKey(spec), 'RSASSA_PSS_SHA_384');
    }
  });

  it('with ECC_NIST_EDWARDS25519 and ED25519_SHA_512, messages only', async () => {
    const key = await signingKey('ECC_NIST_EDWARDS25519');
    const SigningAlgorithm = 'ED25519_SHA_512';
    const Message = bytes('m');
    const { Signature = new Uint8Array() } = await scene.kms.sign({
      KeyId: key.id,
      Message,
      SigningAlgorithm,
    });
    expect(Signature).to.have.length(64);
    expect(await holdsOutside(key, SigningAlgorithm, Message, Signature)).to.equal(true);
    const request = { KeyId: key.id, SigningAlgorithm, Signature } as const;
    expect((await scene.kms.verify({ ...request, Message })).SignatureValid).to.equal(true);
    const wrong = scene.kms.verify({ ...request, Message: bytes('n') });
    expect((await refusal(wrong)).name).to.equal('KMSInvalidSignatureException');
    const digest = { ...request, Message: Buffer.alloc(64), MessageType: 'DIGEST' } as const;
    for (const refused of [scene.kms.sign(digest), scene.kms.verify(digest)]) {
      expect(await refusal(refused)).to.deep.equal({
        name: 'ValidationException',
        message: 'Message type DIGEST is incompatible with algorithm ED25519_SHA_512.',
        status: 400,
      });
    }
  });

  it('refuse a signature of another scheme or hash', async () => {
    const message = bytes('m');
    const pss = await scene.kms.sign({
      KeyId: rsa.id,
      Message: message,
      SigningAlgorithm: 'RSASSA_PSS_SHA_256',
    });
    for (const SigningAlgorithm of ['RSASSA_PKCS1_V1_5_SHA_256', 'RSASSA_PSS_SHA_384'] as const) {
      for (const way of [
        { MessageType: 'RAW', Message: message },
        { MessageType: 'DIGEST', Message: digestOf(SigningAlgorithm, message) },
      ] as const) {
        const request = { KeyId: rsa.id, SigningAlgorithm, Signature: pss.Signature, ...way };
        expect((await refusal(scene.kms.verify(request))).name).to.equal('KMSInvalidSignatureException');
      }
    }
  });

  it('refuse signatures that are cut short, made longer, empty of numbers, or of another key', async () => {
    const [key, other] = [await signingKey('ECC_NIST_P256'), await signingKey('ECC_NIST_P256')];
    const edwards = await signingKey('ECC_NIST_EDWARDS25519');
    const message = bytes('m');
    for (const [id, SigningAlgorithm, MessageType] of [
      [key.id, 'ECDSA_SHA_256', 'RAW'],
      [key.id, 'ECDSA_SHA_256', 'DIGEST'],
      [rsa.id, 'RSASSA_PSS_SHA_256', 'RAW'],
      [rsa.id, 'RSASSA_PSS_SHA_256', 'DIGEST'],
      [rsa.id, 'RSASSA_PKCS1_V1_5_SHA_256', 'RAW'],
      [rsa.id, 'RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST'],
      [edwards.id, 'ED25519_SHA_512', 'RAW'],
    ] as const) {
      const Message = MessageType === 'RAW' ? message : digestOf(SigningAlgorithm, message);
      const request = { KeyId: id, SigningAlgorithm, Message, MessageType } as const;
      const signature = Buffer.from((await scene.kms.sign(request)).Signature ?? []);
      for (const Signature of [
        signature.subarray(0, -1),
        signature.subarray(1),
        Buffer.concat([signature, Buffer.of(0)]),
        Buffer.concat([Buffer.of(0), signature]),
        Buffer.from('3006020100020100', 'hex'),
        Buffer.from('30060201010201', 'hex'),
        Buffer.from('3004020002010100', 'hex'),
        Buffer.of(0x30, 0x82),
        Buffer.alloc(64),
        Buffer.alloc(256, 0xff),
        Buffer.alloc(256),
      ]) {
        const refused = scene.kms.verify({ ...request, Signature });
        expect((await refusal(refused)).name, `${SigningAlgorithm} ${Signature.toString('hex')}`).to.equal(
          'KMSInvalidSignatureException',
        );
      }
    }
    const request = { Message: message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature } = await scene.kms.sign({ ...request, KeyId: key.id });
    const refused = scene.kms.verify({ ...request, KeyId: other.id, Signature });
    expect((await refusal(refused)).name).to.equal('KMSInvalidSignatureException');
  });

  it('take a digest of zeros', async () => {
    const key = await signingKey('ECC_NIST_P384');
    const request = {
      KeyId: key.id,
      Message: Buffer.alloc(48),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_384',
    } as const;
    const { Signature } = await scene.kms.sign(request);
    expect((await scene.kms.verify({ ...request, Signature })).SignatureValid).to.equal(true);
  });

  it('are for signing keys, and for the algorithms of the key', async () => {
    const symmetric = await scene.key();
    const ecc = await signingKey('ECC_NIST_P256');
    const hmac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const Message = bytes('m');
    const SigningAlgorithm = 'ECDSA_SHA_384';
    for (const { id, arn, metadata } of [symmetric, hmac]) {
      expect(await refusal(scene.kms.sign({ KeyId: id, Message, SigningAlgorithm }))).to.deep.equal({
        name: 'InvalidKeyUsageException',
        message: `${arn} key usage is ${metadata.KeyUsage} which is not valid for Sign.`,
        status: 400,
      });
      const verifying = scene.kms.verify({ KeyId: id, Message, SigningAlgorithm, Signature: bytes('s') });
      expect((await refusal(verifying)).message).to.equal(
        `${arn} key usage is ${metadata.KeyUsage} which is not valid for Verify.`,
      );
    }
    expect(await refusal(scene.kms.sign({ KeyId: ecc.id, Message, SigningAlgorithm }))).to.deep.equal({
      name: 'InvalidKeyUsageException',
      message: 'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
      status: 400,
    });
  });

  it('want 1 to 4096 bytes, and of a digest the length of its hash', async () => {
    const SigningAlgorithm = 'RSASSA_PSS_SHA_512';
    const request = { KeyId: rsa.id, SigningAlgorithm } as const;
    await scene.kms.sign({ ...request, Message: Buffer.alloc(4096) });
    expect((await refusal(scene.kms.sign({ ...request, Message: Buffer.alloc(4097) }))).message).to.equal(
      "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
    expect((await refusal(scene.kms.sign({ ...request, Message: Buffer.alloc(0) }))).message).to.match(
      /Value at 'message' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
    );
    for (const length of [32, 63, 65]) {
      const digest = { ...request, Message: Buffer.alloc(length, 1), MessageType: 'DIGEST' } as const;
      for (const refused of [
        scene.kms.sign(digest),
        scene.kms.verify({ ...digest, Signature: bytes('s') }),
      ]) {
        expect(await refusal(refused)).to.deep.equal({
          name: 'ValidationException',
          message: 'Digest is invalid length for algorithm RSASSA_PSS_SHA_512.',
          status: 400,
        });
      }
    }
    const mu = { ...request, Message: Buffer.alloc(64), MessageType: 'EXTERNAL_MU' } as const;
    expect((await refusal(scene.kms.sign(mu))).message).to.equal(
      'Message type EXTERNAL_MU is incompatible with algorithm RSASSA_PSS_SHA_512.',
    );
  });

  it('say which algorithm the sandbox does not have', async () => {
    const { id } = await signingKey('ECC_NIST_EDWARDS25519');
    const request = {
      KeyId: id,
      Message: Buffer.alloc(64),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ED25519_PH_SHA_512',
    } as const;
    expect(await refusal(scene.kms.sign(request))).to.deep.equal({
      name: 'UnsupportedOperationException',
      message: 'The sandbox does not have Sign with the algorithm ED25519_PH_SHA_512.',
      status: 400,
    });
  });

  it('with DryRun, say whether they would have succeeded', async () => {
    const request = { KeyId: rsa.id, Message: bytes('m'), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;
    const { Signature } = await scene.kms.sign(request);
    for (const dry of [
      scene.kms.sign({ ...request, DryRun: true }),
      scene.kms.verify({ ...request, Signature, DryRun: true }),
    ]) {
      expect((await refusal(dry)).name).to.equal('DryRunOperationException');
    }
    const wrong = scene.kms.verify({ ...request, Signature: bytes('s'), DryRun: true });
    expect((await refusal(wrong)).name).to.equal('KMSInvalidSignatureException');
  });

  it('can be limited to an algorithm, a message type and an alias', async () => {
    const user = await scene.user('limited-signer');
    const key = await scene.key({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY',
      BypassPolicyLockoutSafetyCheck: true,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          allowUser('limited-signer', ['kms:Sign', 'kms:Verify'], {
            StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PSS_SHA_256', 'kms:MessageType': 'RAW' },
          }),
          allowUser('limited-signer', ['kms:Sign', 'kms:Verify'], {
            StringEquals: { 'kms:RequestAlias': 'alias/signer', 'kms:MessageType': 'DIGEST' },
          }),
          allowUser('administrator', 'kms:*'),
        ],
      }),
    });
    await scene.kms.createAlias({ AliasName: 'alias/signer', TargetKeyId: key.id });
    const raw = { KeyId: key.id, Message: Buffer.alloc(32), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;
    const digest = { ...raw, MessageType: 'DIGEST' } as const;
    const { Signature } = await user.kms.sign(raw);
    await user.kms.verify({ ...raw, MessageType: 'RAW', Signature });
    const byAlias = { ...digest, KeyId: 'alias/signer' };
    await user.kms.verify({ ...byAlias, Signature: (await user.kms.sign(byAlias)).Signature });
    for (const request of [
      user.kms.sign(digest),
      user.kms.sign({ ...raw, KeyId: 'alias/signer', SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' }),
      user.kms.verify({ ...digest, Signature }),
    ]) {
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    }
  });

  it('can be granted', async () => {
    const user = await scene.user('granted-signer');
    const request = { KeyId: rsa.id, Message: bytes('m'), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;
    const Operations = ['Sign', 'GetPublicKey'] as const;
    await scene.kms.createGrant({ KeyId: rsa.id, GranteePrincipal: user.arn, Operations: [...Operations] });
    const { Signature } = await user.kms.sign(request);
    await user.kms.getPublicKey({ KeyId: rsa.id });
    expect((await refusal(user.kms.verify({ ...request, Signature }))).name).to.equal(
      'AccessDeniedException',
    );
  });
});
