import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { signDigest, verifyDigest } from '../../../sandbox/services/kms/ecdsa-digest.ts';
import { readEcdsaSignature, writeEcdsaSignature } from '../../../sandbox/services/kms/ecdsa-signature.ts';
import { signRsa, verifyRsa } from '../../../sandbox/services/kms/rsa-signature.ts';
import { Scene } from './scene.ts';

const messages = fc.uint8Array({ minLength: 1, maxLength: 200 });

/** The same bytes with one bit the other way. */
function flip(original: Uint8Array, bit: number): Buffer {
  const bytes = Buffer.from(original);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
}

function digest(hash: string, message: Uint8Array): Buffer {
  return createHash(hash).update(message).digest();
}

describe('KMS signatures, as properties', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  for (const [KeySpec, SigningAlgorithm] of [
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
  ] as const) {
    it(`${SigningAlgorithm}: what Sign signs Verify accepts, and nothing that differs in one bit`, async () => {
      const { id } = await scene.key({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
      const request = { KeyId: id, SigningAlgorithm };
      await fc.assert(
        fc.asyncProperty(messages, fc.nat(), fc.nat(), async (Message, messageBit, signatureBit) => {
          const { Signature = new Uint8Array() } = await scene.kms.sign({ ...request, Message });
          const { SignatureValid } = await scene.kms.verify({ ...request, Message, Signature });
          expect(SignatureValid).to.equal(true);
          const invalid = { code: 'KMSInvalidSignatureException', message: '' };
          const otherMessage = flip(Message, messageBit % (Message.length * 8));
          const otherSignature = flip(Signature, signatureBit % (Signature.length * 8));
          expect(
            await scene.refusalSent(scene.kms.verify({ ...request, Message: otherMessage, Signature })),
          ).to.deep.equal(invalid);
          expect(
            await scene.refusalSent(scene.kms.verify({ ...request, Message, Signature: otherSignature })),
          ).to.deep.equal(invalid);
        }),
        { numRuns: 15 },
      );
    });
  }

  for (const [namedCurve, hash] of [
    ['prime256v1', 'sha256'],
    ['secp384r1', 'sha384'],
    ['secp521r1', 'sha512'],
    ['secp256k1', 'sha256'],
  ] as const) {
    it(`ECDSA of digests agrees with OpenSSL's of messages on ${namedCurve}`, () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
      fc.assert(
        fc.property(messages, fc.nat(), (message, bit) => {
          expect(verify(hash, message, publicKey, signDigest(privateKey, digest(hash, message)))).to.equal(
            true,
          );
          const signature = sign(hash, message, privateKey);
          expect(verifyDigest(privateKey, digest(hash, message), signature)).to.equal(true);
          const changed = flip(signature, bit % (signature.length * 8));
          expect(verifyDigest(privateKey, digest(hash, message), changed)).to.equal(false);
        }),
        { numRuns: 15 },
      );
    });
  }

  for (const [padding, hash] of [
    ['pkcs1', 'sha256'],
    ['pkcs1', 'sha384'],
    ['pss', 'sha256'],
    ['pss', 'sha512'],
  ] as const) {
    it(`RSA signatures of digests agree with OpenSSL's of messages, ${padding} and ${hash}`, () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const publicKey = createPublicKey(privateKey);
      const openssl = (key: KeyObject) =>
        padding === 'pss'
          ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
          : { key };
      fc.assert(
        fc.property(messages, fc.nat(), (message, bit) => {
          const what = { type: 'DIGEST', message: digest(hash, message) } as const;
          const ours = signRsa(privateKey, padding, hash, what);
          expect(verify(hash, message, openssl(publicKey), ours)).to.equal(true);
          const signature = sign(hash, message, openssl(privateKey));
          expect(verifyRsa(privateKey, padding, hash, what, signature)).to.equal(true);
          const changed = flip(signature, bit % (signature.length * 8));
          expect(verifyRsa(privateKey, padding, hash, what, changed)).to.equal(false);
        }),
        { numRuns: 15 },
      );
    });
  }

  it('PSS wants the salt as long as the digest', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const message = Buffer.from('m');
    for (const [saltLength, right] of [
      [32, true],
      [31, false],
      [0, false],
      [constants.RSA_PSS_SALTLEN_MAX_SIGN, false],
    ] as const) {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const signature = sign('sha256', message, { key: privateKey, padding, saltLength });
      for (const what of [
        { type: 'RAW', message },
        { type: 'DIGEST', message: digest('sha256', message) },
      ] as const) {
        expect(verifyRsa(privateKey, 'pss', 'sha256', what, signature), `${saltLength}`).to.equal(right);
      }
    }
  });

  it('an ECDSA signature has one encoding', () => {
    const numbers = fc.bigInt({ min: 0n, max: 2n ** 521n });
    fc.assert(
      fc.property(numbers, numbers, (r, s) => {
        expect(readEcdsaSignature(writeEcdsaSignature({ r, s }))).to.deep.equal({ r, s });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (random) => {
        const read = readEcdsaSignature(random);
        expect(read === undefined || writeEcdsaSignature(read).equals(random)).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });
});
