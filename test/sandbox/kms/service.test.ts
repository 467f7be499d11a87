import { Encrypt$, TagResource$ } from '@aws-sdk/client-kms';
import type { StaticOperationSchema } from '@smithy/types';
import { expect } from 'chai';
import {
  createServiceGrant,
  keyPermission,
  resolveKey,
  retireServiceGrant,
  usableKey,
} from '../../../sandbox/services/kms/keys.ts';
import { kms } from '../../../sandbox/services/kms/service.ts';
import { refusal } from '../refusal.ts';
import { accountId, region, rootArn, Scene } from './scene.ts';

describe('KMS service', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  it('refuses by name what is not built', async () => {
    const { id } = await scene.key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    for (const [operation, request] of [
      ['ReplicateKey', scene.kms.replicateKey({ KeyId: id, ReplicaRegion: 'us-east-1' })],
      ['UpdatePrimaryRegion', scene.kms.updatePrimaryRegion({ KeyId: id, PrimaryRegion: 'us-east-1' })],
      ['DeleteImportedKeyMaterial', scene.kms.deleteImportedKeyMaterial({ KeyId: id })],
      ['DescribeCustomKeyStores', scene.kms.describeCustomKeyStores({})],
    ] as const) {
      expect(await refusal(request), operation).to.deep.equal({
        name: 'UnknownOperationException',
        message: `The sandbox does not have the operation kms:${operation}.`,
        status: 400,
      });
    }
  });

  it('reports all that is wrong with an input at once', async () => {
    const request = scene.kms.createKey({ KeySpec: 'a' as 'SM2', KeyUsage: 'b' as 'SIGN_VERIFY' });
    const { message } = await refusal(request);
    expect(message).to.match(/^2 validation errors detected: Value '.*; Value '/);
    expect(message).to.include(
      "Value 'a' at 'keySpec' failed to satisfy constraint: Member must satisfy enum",
    );
    expect(message).to.include(
      "Value 'b' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum",
    );
  });

  it('says which member is missing', async () => {
    expect(await refusal(scene.kms.describeKey({ KeyId: undefined }))).to.deep.equal({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
      status: 400,
    });
  });

  it('takes no nulls inside of lists and maps', () => {
    const read = (schema: StaticOperationSchema, body: object) =>
      kms.protocol.parse(schema, 'schema', {
        method: 'POST',
        url: '/',
        headers: {},
        body: Buffer.from(JSON.stringify(body)),
      });
    const isNull = (path: string) =>
      `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`;
    expect(() => read(TagResource$, { KeyId: 'a', Tags: [null] })).to.throw(isNull('tags.1.member'));
    const encrypt = { KeyId: 'a', Plaintext: 'AA==' };
    expect(() => read(Encrypt$, { ...encrypt, GrantTokens: [null] })).to.throw(
      isNull('grantTokens.1.member'),
    );
    expect(() => read(Encrypt$, { ...encrypt, EncryptionContext: { a: null } })).to.throw(
      isNull('encryptionContext.a'),
    );
    expect(() => read(Encrypt$, { ...encrypt, EncryptionContext: { a: 'b' } })).not.to.throw();
  });

  it('looks at an input before it asks for permission', async () => {
    const nobody = await scene.user('service-nobody');
    expect((await refusal(nobody.kms.listKeys({ Limit: 0 }))).name).to.equal('ValidationException');
  });

  it('has every operation under its own name', () => {
    for (const [name, operation] of Object.entries(kms.operations)) {
      expect(operation.schema[2]).to.equal(name);
    }
    expect(Object.keys(kms.operations)).to.have.length(43);
  });

  describe('for other services of the sandbox', () => {
    const store = () => scene.sandbox.account.kms(region);

    it('makes the AWS managed key of a service once', async () => {
      const key = store().awsManagedKey('dynamodb');
      expect(store().awsManagedKey('dynamodb')).to.equal(key);
      expect(key).to.include({ keyManager: 'AWS', accountId, state: 'Enabled' });
      const { KeyMetadata } = await scene.kms.describeKey({ KeyId: 'alias/aws/dynamodb' });
      expect(KeyMetadata?.KeyId).to.equal(key.keyId);
      const elsewhere = scene.sandbox.account.kms('us-east-2').awsManagedKey('dynamodb');
      expect(elsewhere.keyId).not.to.equal(key.keyId);
      const text = JSON.stringify(elsewhere.policy.document);
      expect(text).to.include('dynamodb.us-east-2.amazonaws.com');
      expect(text).to.include(accountId);
    });

    it('makes and ends grants of a service, which ListGrants shows', async () => {
      const { id, arn } = await scene.key();
      const key = store().key(id);
      if (!key) throw new Error('The key is not in the store.');
      const service = `dynamodb.${region}.amazonaws.com`;
      const { grantId } = createServiceGrant(
        key,
        {
          granteePrincipal: service,
          retiringPrincipal: service,
          operations: ['Decrypt', 'RetireGrant'],
          constraints: { encryptionContextSubset: { 'aws:dynamodb:tableName': 'Books' } },
          issuingAccount: rootArn,
        },
        scene.sandbox.clock,
      );
      const { Grants } = await scene.kms.listGrants({ KeyId: id });
      expect(Grants).to.deep.equal([
        {
          KeyId: arn,
          GrantId: grantId,
          Name: '',
          CreationDate: Grants?.[0]?.CreationDate,
          GranteePrincipal: service,
          RetiringPrincipal: service,
          IssuingAccount: rootArn,
          Operations: ['Decrypt', 'RetireGrant'],
          Constraints: { EncryptionContextSubset: { 'aws:dynamodb:tableName': 'Books' } },
        },
      ]);
      retireServiceGrant(key, grantId, scene.sandbox.clock);
      retireServiceGrant(key, grantId, scene.sandbox.clock);
      expect((await scene.kms.listGrants({ KeyId: id })).Grants).to.deep.equal([]);
    });

    it('finds keys, says whether they can be used, and words the permission', async () => {
      const { id, arn } = await scene.key();
      const { account, clock } = scene.sandbox;
      const credential = account.credential(scene.sandbox.administrator.accessKeyId);
      if (!credential) throw new Error('The administrator has no credential.');
      const call = {
        account,
        credential,
        region,
        clock,
        requestId: '',
        userAgent: '',
        sourceIp: '',
        forwarded: [],
      };
      const key = resolveKey(call, arn);
      expect(key.keyId).to.equal(id);
      expect(() => usableKey(key)).not.to.throw();
      const permission = keyPermission(key, 'kms:Decrypt', { 'kms:ViaService': 'x' });
      expect(permission).to.deep.include({ action: 'kms:Decrypt', resource: arn });
      expect(permission.context).to.include({
        'kms:ViaService': 'x',
        'kms:CallerAccount': accountId,
        'kms:KeySpec': 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': 'ENCRYPT_DECRYPT',
        'kms:KeyOrigin': 'AWS_KMS',
        'kms:MultiRegion': 'false',
      });
      await scene.kms.disableKey({ KeyId: id });
      expect(() => usableKey(resolveKey(call, id)))
        .to.throw(`${arn} is disabled.`)
        .with.property('code', 'DisabledException');
    });
  });
});
