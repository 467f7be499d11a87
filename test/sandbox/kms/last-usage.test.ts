import { generateKeyPairSync } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { bytes, region, Scene } from './scene.ts';

describe('KMS GetKeyLastUsage', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const lastUsage = async (KeyId: string) => (await scene.kms.getKeyLastUsage({ KeyId })).KeyLastUsage;

  it('says so where a key was never used', async () => {
    const { id, metadata } = await scene.key();
    await scene.kms.describeKey({ KeyId: id });
    const { $metadata: _, ...answer } = await scene.kms.getKeyLastUsage({ KeyId: id });
    expect(answer).to.deep.equal({
      KeyId: id,
      KeyLastUsage: {},
      TrackingStartDate: metadata.CreationDate,
      KeyCreationDate: metadata.CreationDate,
    });
  });

  it('names the last operation, its time and its request', async () => {
    const { id } = await scene.key();
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x') });
    expect(await lastUsage(id)).to.include({ Operation: 'Encrypt' });
    scene.sandbox.clock.advance(60_000);
    const { $metadata } = await scene.kms.decrypt({ CiphertextBlob });
    const use = await lastUsage(id);
    expect(use).to.include({ Operation: 'Decrypt', KmsRequestId: $metadata.requestId });
    expect(use?.Timestamp?.getTime()).to.be.closeTo(scene.sandbox.clock.now().getTime(), 5000);
    for (let count = 0; count < 60; count += 1) await scene.kms.getKeyRotationStatus({ KeyId: id });
    expect(await lastUsage(id)).to.deep.equal(use);
  });

  it('names the event of the event history, as long as that has it', async () => {
    const { id, arn } = await scene.key();
    await scene.kms.encrypt({ KeyId: id, Plaintext: bytes('x') });
    const use = await lastUsage(id);
    const history = scene.sandbox.account.eventHistory(region);
    const attribute = { key: 'EventId', value: use?.CloudTrailEventId ?? '' } as const;
    const all = { from: 0, to: Infinity, before: Infinity, limit: 50 };
    const [event] = history.find({ attribute, ...all }).events;
    expect(event).to.include({ name: 'Encrypt', requestId: use?.KmsRequestId });
    expect(event?.resources.map((resource) => resource.name)).to.deep.equal([arn]);
    scene.sandbox.clock.advance(91 * 24 * 60 * 60 * 1000);
    const { CloudTrailEventId: _, ...rest } = use ?? {};
    expect(await lastUsage(id)).to.deep.equal(rest);
  });

  it('sees the use that DynamoDB makes of a key for its callers', async () => {
    const { id, arn } = await scene.key();
    const { url, administrator } = scene.sandbox;
    const dynamodb = new DynamoDB({ endpoint: url, region, credentials: administrator });
    await dynamodb.createTable({
      TableName: 'books',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: arn },
    });
    scene.sandbox.clock.advance(60_000);
    await dynamodb.scan({ TableName: 'books' });
    const use = await lastUsage(id);
    expect(use).to.include({ Operation: 'Decrypt' }).and.to.include.keys('CloudTrailEventId', 'KmsRequestId');
    expect(use?.Timestamp?.getTime()).to.be.closeTo(scene.sandbox.clock.now().getTime(), 5000);
  });

  it('knows every cryptographic operation', async () => {
    const { id } = await scene.key();
    const { id: signing } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const { id: hmac } = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { id: agreeing } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const message = { KeyId: signing, Message: bytes('m'), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature } = await scene.kms.sign(message);
    const tagged = { KeyId: hmac, Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await scene.kms.generateMac(tagged);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const PublicKey = publicKey.export({ format: 'der', type: 'spki' });
    const KeyPairSpec = 'ECC_NIST_P256';
    for (const [operation, KeyId, use] of [
      ['GenerateDataKey', id, () => scene.kms.generateDataKey({ KeyId: id, KeySpec: 'AES_256' })],
      [
        'GenerateDataKeyWithoutPlaintext',
        id,
        () => scene.kms.generateDataKeyWithoutPlaintext({ KeyId: id, KeySpec: 'AES_256' }),
      ],
      ['GenerateDataKeyPair', id, () => scene.kms.generateDataKeyPair({ KeyId: id, KeyPairSpec })],
      [
        'GenerateDataKeyPairWithoutPlaintext',
        id,
        () => scene.kms.generateDataKeyPairWithoutPlaintext({ KeyId: id, KeyPairSpec }),
      ],
      ['Verify', signing, () => scene.kms.verify({ ...message, Signature })],
      ['Sign', signing, () => scene.kms.sign(message)],
      ['VerifyMac', hmac, () => scene.kms.verifyMac({ ...tagged, Mac })],
      ['GenerateMac', hmac, () => scene.kms.generateMac(tagged)],
      [
        'DeriveSharedSecret',
        agreeing,
        () => scene.kms.deriveSharedSecret({ KeyId: agreeing, KeyAgreementAlgorithm: 'ECDH', PublicKey }),
      ],
    ] as const) {
      await use();
      expect((await lastUsage(KeyId))?.Operation).to.equal(operation);
    }
  });

  it('counts ReEncrypt for both keys', async () => {
    const [from, to] = [await scene.key(), await scene.key()];
    const { CiphertextBlob } = await scene.kms.encrypt({ KeyId: from.id, Plaintext: bytes('x') });
    await scene.kms.reEncrypt({ CiphertextBlob, DestinationKeyId: to.id });
    expect((await lastUsage(from.id))?.Operation).to.equal('ReEncrypt');
    expect(await lastUsage(from.id)).to.deep.equal(await lastUsage(to.id));
  });

  it('counts no operation that failed, and no dry run', async () => {
    const { id } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const request = { KeyId: id, Message: bytes('m'), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    await refusal(scene.kms.verify({ ...request, Signature: bytes('s') }));
    await refusal(scene.kms.sign({ ...request, DryRun: true }));
    expect(await lastUsage(id)).to.deep.equal({});
  });

  it('takes no alias', async () => {
    const { id } = await scene.key();
    await scene.kms.createAlias({ AliasName: 'alias/used', TargetKeyId: id });
    expect((await refusal(scene.kms.getKeyLastUsage({ KeyId: 'alias/used' }))).message).to.equal(
      "Invalid keyId 'alias/used'",
    );
  });
});
