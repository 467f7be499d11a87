import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { refusal } from '../refusal.ts';
import { allow, bytes, region, Scene } from './scene.ts';

const invalid = { code: 'KMSInvalidMacException', message: '' };

describe('KMS GenerateMac and VerifyMac', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const hmacKey = (bits: 224 | 256 | 384 | 512 = 256) =>
    scene.key({ KeySpec: `HMAC_${bits}`, KeyUsage: 'GENERATE_VERIFY_MAC' });

  for (const bits of [224, 256, 384, 512] as const) {
    it(`with HMAC_${bits}`, async () => {
      const { id, arn } = await hmacKey(bits);
      const request = { KeyId: id, Message: bytes('message'), MacAlgorithm: `HMAC_SHA_${bits}` } as const;
      const { $metadata: _, Mac, ...rest } = await scene.kms.generateMac(request);
      expect(rest).to.deep.equal({ KeyId: arn, MacAlgorithm: request.MacAlgorithm });
      const secret = scene.sandbox.account.kms(region).key(id)?.materials[0]?.secret ?? Buffer.alloc(0);
      expect(Buffer.from(Mac ?? [])).to.deep.equal(
        createHmac(`sha${bits}`, secret).update('message').digest(),
      );
      const { $metadata: __, ...verified } = await scene.kms.verifyMac({ ...request, Mac });
      expect(verified).to.deep.equal({ KeyId: arn, MacValid: true, MacAlgorithm: request.MacAlgorithm });
    });
  }

  it('accept no MAC and no message with a bit changed, and no MAC of another length', async () => {
    const { id } = await hmacKey();
    const request = { KeyId: id, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const messages = fc.uint8Array({ minLength: 1, maxLength: 100 });
    const changed = (original: Uint8Array, bit: number) => {
      const copy = Buffer.from(original);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return copy;
    };
    await fc.assert(
      fc.asyncProperty(messages, fc.nat(255), fc.nat(), async (Message, macBit, messageBit) => {
        const { Mac = new Uint8Array() } = await scene.kms.generateMac({ ...request, Message });
        expect((await scene.kms.verifyMac({ ...request, Message, Mac })).MacValid).to.equal(true);
        for (const other of [
          { Message, Mac: changed(Mac, macBit) },
          { Message: changed(Message, messageBit % (Message.length * 8)), Mac },
          { Message, Mac: Mac.subarray(1) },
          { Message, Mac: Buffer.concat([Mac, Buffer.of(0)]) },
        ]) {
          expect(await scene.refusalSent(scene.kms.verifyMac({ ...request, ...other }))).to.deep.equal(
            invalid,
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are for HMAC keys, and for the algorithm of the key', async () => {
    const symmetric = await scene.key();
    const { id } = await hmacKey();
    const request = { Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_512' } as const;
    expect(await refusal(scene.kms.generateMac({ ...request, KeyId: symmetric.id }))).to.deep.equal({
      name: 'InvalidKeyUsageException',
      message: `${symmetric.arn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
      status: 400,
    });
    const verifying = scene.kms.verifyMac({ ...request, KeyId: symmetric.id, Mac: bytes('m') });
    expect((await refusal(verifying)).message).to.match(/which is not valid for VerifyMac\.$/);
    expect(await refusal(scene.kms.generateMac({ ...request, KeyId: id }))).to.deep.equal({
      name: 'InvalidKeyUsageException',
      message: 'Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.',
      status: 400,
    });
  });

  it('want 1 to 4096 bytes and a known algorithm', async () => {
    const { id } = await hmacKey();
    const MacAlgorithm = 'HMAC_SHA_256';
    await scene.kms.generateMac({ KeyId: id, MacAlgorithm, Message: Buffer.alloc(4096) });
    for (const length of [0, 4097]) {
      const request = scene.kms.generateMac({ KeyId: id, MacAlgorithm, Message: Buffer.alloc(length) });
      expect((await refusal(request)).message).to.match(/^1 validation error detected: Value at 'message'/);
    }
    const unknown = { KeyId: id, Message: bytes('m'), MacAlgorithm: 'HMAC_MD5' as 'HMAC_SHA_256' };
    expect((await refusal(scene.kms.generateMac(unknown))).message).to.match(
      /Value 'HMAC_MD5' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set/,
    );
  });

  it('want an enabled key; with DryRun they say whether they would have succeeded', async () => {
    const { id, arn } = await hmacKey();
    const request = { KeyId: id, Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await scene.kms.generateMac(request);
    for (const dry of [
      scene.kms.generateMac({ ...request, DryRun: true }),
      scene.kms.verifyMac({ ...request, Mac, DryRun: true }),
    ]) {
      expect((await refusal(dry)).name).to.equal('DryRunOperationException');
    }
    await scene.kms.disableKey({ KeyId: id });
    for (const request_ of [scene.kms.generateMac(request), scene.kms.verifyMac({ ...request, Mac })]) {
      expect((await refusal(request_)).message).to.equal(`${arn} is disabled.`);
    }
  });

  it('can be limited to an algorithm', async () => {
    const user = await scene.user('mac-256', [
      allow(['kms:GenerateMac', 'kms:VerifyMac'], '*', {
        StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' },
      }),
    ]);
    const [short, long] = [await hmacKey(256), await hmacKey(512)];
    const Message = bytes('m');
    const request = { KeyId: short.id, Message, MacAlgorithm: 'HMAC_SHA_256' } as const;
    await user.kms.verifyMac({ ...request, Mac: (await user.kms.generateMac(request)).Mac });
    const refused = user.kms.generateMac({ KeyId: long.id, Message, MacAlgorithm: 'HMAC_SHA_512' });
    expect((await refusal(refused)).name).to.equal('AccessDeniedException');
  });
});
