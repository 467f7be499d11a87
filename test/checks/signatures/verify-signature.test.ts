/** Signatures that Node's own crypto (OpenSSL) makes, verified by what the checks verify with. */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { fromDer } from '../../../checks/signatures/ecdsa-signature.ts';
import { signedInstead } from '../../../checks/signatures/signed-instead.ts';
import { digestOf, type PublicKey, verifySignature } from '../../../checks/signatures/verify-signature.ts';

interface Pair {
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

function pairOf(
  keySpec: string,
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
): Pair {
  return { publicKey: { keySpec, der: publicKey.export({ format: 'der', type: 'spki' }) }, privateKey };
}

const curve = (keySpec: string, namedCurve: string) =>
  pairOf(keySpec, generateKeyPairSync('ec', { namedCurve }));
const p256 = curve('ECC_NIST_P256', 'P-256');
const rsa = pairOf('RSA_2048', generateKeyPairSync('rsa', { modulusLength: 2048 }));
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

const kinds: readonly { algorithm: string; hash: string; pair: Pair; options?: object }[] = [
  { algorithm: 'ECDSA_SHA_256', hash: 'sha256', pair: p256 },
  { algorithm: 'ECDSA_SHA_384', hash: 'sha384', pair: curve('ECC_NIST_P384', 'P-384') },
  { algorithm: 'ECDSA_SHA_512', hash: 'sha512', pair: curve('ECC_NIST_P521', 'P-521') },
  { algorithm: 'RSASSA_PKCS1_V1_5_SHA_256', hash: 'sha256', pair: rsa },
  { algorithm: 'RSASSA_PSS_SHA_256', hash: 'sha256', pair: rsa, options: pss },
  { algorithm: 'RSASSA_PSS_SHA_512', hash: 'sha512', pair: rsa, options: pss },
];

describe('verifying a signature', () => {
  for (const { algorithm, hash, pair, options } of kinds) {
    const { publicKey, privateKey } = pair;
    const signed = (message: Uint8Array) => sign(hash, message, { key: privateKey, ...options });

    it(`accepts what was signed, and nothing that differs by a bit: ${publicKey.keySpec}, ${algorithm}`, () =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), async (message, at) => {
          const signature = signed(message);
          const valid = (changed: Partial<{ message: Uint8Array; signature: Uint8Array }>) =>
            verifySignature(publicKey, { message, signature, algorithm, ...changed });
          const flipped = (bytes: Uint8Array) => {
            const copy = new Uint8Array(bytes);
            const place = at % copy.length;
            copy[place] = (copy[place] ?? 0) ^ (1 << (at % 8));
            return copy;
          };
          expect(await valid({})).to.equal(true);
          expect(await valid({ message: flipped(message) })).to.equal(false);
          expect(await valid({ signature: flipped(signature) })).to.equal(false);
        }),
        { numRuns: 50 },
      ));
  }

  it('finds bytes that are no signature not valid, and throws nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 150 }), async (signature) => {
        const message = Buffer.from('message');
        const given = { message, signature, algorithm: 'ECDSA_SHA_256' };
        expect(await verifySignature(p256.publicKey, given)).to.equal(false);
      }),
    ));

  it('takes no signature with something behind it, nor one that is cut off', () => {
    const signature = sign('sha256', Buffer.from('message'), p256.privateKey);
    expect(fromDer(signature, 32)).to.have.length(64);
    expect(fromDer(Buffer.concat([signature, Buffer.of(0)]), 32)).to.equal(undefined);
    for (let length = 0; length < signature.length; length++)
      expect(fromDer(signature.subarray(0, length), 32), `${length}`).to.equal(undefined);
  });

  it('does not tell where it cannot: other curves, other algorithms', async () => {
    const given = { message: Buffer.of(1), signature: Buffer.of(1), algorithm: 'ECDSA_SHA_256' };
    const other = { ...p256.publicKey, keySpec: 'ECC_SECG_P256K1' };
    expect(await verifySignature(other, given)).to.equal(undefined);
    expect(await verifySignature(p256.publicKey, { ...given, algorithm: 'ED25519_SHA_512' })).to.equal(
      undefined,
    );
  });
});

describe('what was signed instead', () => {
  const message = Buffer.from('Release 1.0');
  const algorithm = 'ECDSA_SHA_256';
  const told = (given: Uint8Array, of: Uint8Array = message) =>
    signedInstead(p256.publicKey, {
      message: of,
      signature: sign('sha256', given, p256.privateKey),
      algorithm,
    });

  it('is told of the common slips', async () => {
    const digest = Buffer.from(await digestOf(message, algorithm));
    expect(await told(Buffer.concat([message, Buffer.from('\n')]))).to.include('line break at its end');
    expect(await told(message, Buffer.concat([message, Buffer.from('\n')]))).to.include(
      'without the line break',
    );
    expect(await told(digest)).to.include('RAW instead of DIGEST');
    expect(await told(Buffer.from(digest.toString('hex')))).to.include('hexadecimal');
    expect(await told(Buffer.from(message.toString('base64')))).to.include('base64 text of the message');
    expect(await told(Buffer.from('Release1', 'base64'), Buffer.from('Release1'))).to.include(
      'read as base64',
    );
    const long = Buffer.alloc(5000, 'x');
    expect(await told(long.subarray(0, 4096), long)).to.include('the first 4,096 bytes');
  });

  it('is not made up of anything else', async () => {
    expect(await told(Buffer.from('Release 2.0'))).to.equal(undefined);
  });
});
