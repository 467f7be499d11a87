import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene } from './scene.ts';

describe('KMS key identifiers', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const notFound = (message: string) => ({ name: 'NotFoundException', message, status: 400 });
  const describeKey = (KeyId: string) => refusal(scene.kms.describeKey({ KeyId }));

  it('a key that does not exist, by id and ARN', async () => {
    for (const id of [randomUUID(), 'mrk-d3b95762d3b95762d3b95762d3b95762']) {
      const arn = `arn:aws:kms:${region}:${accountId}:key/${id}`;
      expect(await describeKey(id)).to.deep.equal(notFound(`Key '${arn}' does not exist`));
      expect(await describeKey(arn)).to.deep.equal(notFound(`Key '${arn}' does not exist`));
    }
  });

  it('an id that is none', async () => {
    for (const id of ['fake-key-id', '134f2428cec14b25a1ae9048164dba47', 'mrk-fake-key-id']) {
      expect(await describeKey(id)).to.deep.equal(notFound(`Invalid keyId '${id}'`));
    }
  });

  it('a key of another Region, by id and ARN', async () => {
    const { id, arn } = await scene.key();
    const elsewhere = scene.client(scene.sandbox.administrator, 'us-east-2');
    expect(await refusal(elsewhere.describeKey({ KeyId: id }))).to.deep.equal(
      notFound(`Key 'arn:aws:kms:us-east-2:${accountId}:key/${id}' does not exist`),
    );
    expect(await refusal(elsewhere.describeKey({ KeyId: arn }))).to.deep.equal(
      notFound(`Invalid arn ${region}`),
    );
  });

  it('an alias that does not exist', async () => {
    const arn = `arn:aws:kms:${region}:${accountId}:alias/nowhere`;
    expect(await describeKey('alias/nowhere')).to.deep.equal(notFound(`Alias ${arn} is not found.`));
    expect(await describeKey(arn)).to.deep.equal(notFound(`Alias ${arn} is not found.`));
  });

  it("another account's key", async () => {
    const { name, message, status } = await describeKey(
      `arn:aws:kms:${region}:111122223333:key/${randomUUID()}`,
    );
    expect({ name, status }).to.deep.equal({ name: 'AccessDeniedException', status: 400 });
    expect(message).to.equal(
      `User: arn:aws:iam::${accountId}:user/administrator is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    );
  });

  it('an ARN that is none', async () => {
    for (const arn of ['arn:aws:iam::123456789012:user/a', `arn:aws:kms:${region}:${accountId}:thing/a`]) {
      expect((await describeKey(arn)).name, arn).to.equal('InvalidArnException');
    }
  });

  it('an alias where only a key id or ARN will do', async () => {
    const { id } = await scene.key();
    await scene.kms.createAlias({ AliasName: 'alias/here', TargetKeyId: id });
    expect(await refusal(scene.kms.getKeyPolicy({ KeyId: 'alias/here' }))).to.deep.equal(
      notFound("Invalid keyId 'alias/here'"),
    );
    const aliasArn = `arn:aws:kms:${region}:${accountId}:alias/here`;
    expect((await refusal(scene.kms.getKeyPolicy({ KeyId: aliasArn }))).name).to.equal('InvalidArnException');
  });

  it('is not found rather than denied for a caller without permissions', async () => {
    const nobody = await scene.user('find-nobody');
    const id = randomUUID();
    expect(
      (await refusal(nobody.kms.decrypt({ KeyId: id, CiphertextBlob: Buffer.from('x') }))).name,
    ).to.equal('NotFoundException');
    expect((await refusal(nobody.kms.describeKey({ KeyId: id }))).name).to.equal('NotFoundException');
  });
});
