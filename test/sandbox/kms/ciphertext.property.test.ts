import { expect } from 'chai';
import fc from 'fast-check';
import { readBlob, writeHeader } from '../../../sandbox/services/kms/ciphertext-blob.ts';
import { canonicalContext } from '../../../sandbox/services/kms/encryption-context.ts';
import { bytes, Scene } from './scene.ts';

const invalidCiphertext = { code: 'InvalidCiphertextException', message: '' };
const contexts = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ maxLength: 12 }), {
  maxKeys: 5,
  noNullPrototype: true,
});
/** Few and short texts of few letters, so that different contexts come close to each other. */
const fewLetters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 2 });
const closeContexts = fc.dictionary(fewLetters, fewLetters, { maxKeys: 3, noNullPrototype: true });

describe('KMS ciphertexts, as properties', () => {
  let scene: Scene;
  let keyId: string;
  before(async () => {
    scene = await Scene.start();
    keyId = (await scene.key()).id;
  });
  after(() => scene.close());

  const encrypt = async (plaintext: Uint8Array, EncryptionContext?: Record<string, string>) => {
    const answer = await scene.kms.encrypt({ KeyId: keyId, Plaintext: plaintext, EncryptionContext });
    return Buffer.from(answer.CiphertextBlob ?? []);
  };

  it('every plaintext comes back under its encryption context', async () => {
    const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 4096 });
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, EncryptionContext) => {
        const CiphertextBlob = await encrypt(plaintext, EncryptionContext);
        const { Plaintext } = await scene.kms.decrypt({ CiphertextBlob, EncryptionContext });
        expect(Buffer.from(Plaintext ?? []).equals(plaintext)).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it('no ciphertext with any one bit changed is opened, with the key named or not', async () => {
    const blob = await encrypt(bytes('do not touch'), { a: 'b' });
    await fc.assert(
      fc.asyncProperty(fc.nat(blob.length * 8 - 1), fc.boolean(), async (bit, named) => {
        const CiphertextBlob = Buffer.from(blob);
        CiphertextBlob[bit >> 3] = (CiphertextBlob[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const request = scene.kms.decrypt({
          CiphertextBlob,
          EncryptionContext: { a: 'b' },
          KeyId: named ? keyId : undefined,
        });
        expect(await scene.refusalSent(request)).to.deep.equal(invalidCiphertext);
      }),
      { numRuns: 150 },
    );
  });

  it('no ciphertext that was cut or made longer is opened', async () => {
    const blob = await encrypt(bytes('do not cut'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: blob.length + 40 }), async (length) => {
        fc.pre(length !== blob.length);
        const CiphertextBlob = Buffer.concat([blob, Buffer.alloc(40)]).subarray(0, length);
        const sent = await scene.refusalSent(scene.kms.decrypt({ CiphertextBlob }));
        expect(sent).to.deep.equal(invalidCiphertext);
      }),
      { numRuns: 60 },
    );
  });

  it('a header cannot be moved to another key, even with its checksum right', async () => {
    const other = await scene.key();
    const blob = await encrypt(bytes('stay'));
    const { header } = readBlob(blob);
    const moved = Buffer.concat([
      writeHeader(other.id, other.metadata.CurrentKeyMaterialId ?? ''),
      blob.subarray(header.length),
    ]);
    const sent = await scene.refusalSent(scene.kms.decrypt({ CiphertextBlob: moved }));
    expect(sent).to.deep.equal(invalidCiphertext);
  });

  it('random bytes are no ciphertext', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        expect(() => readBlob(random))
          .to.throw()
          .with.property('code', 'InvalidCiphertextException');
      }),
    );
  });

  it('contexts have the same canonical bytes exactly when they are the same', () => {
    fc.assert(
      fc.property(closeContexts, closeContexts, (one, two) => {
        const sorted = (context: Record<string, string>) =>
          Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
        expect(canonicalContext(one).equals(canonicalContext(two))).to.equal(same);
        const reversed = Object.fromEntries(Object.entries(one).reverse());
        expect(canonicalContext(reversed).equals(canonicalContext(one))).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});
