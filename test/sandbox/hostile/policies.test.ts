/** Policy documents that are made to be slow, put and evaluated by real calls. */
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { HostileScene } from './scene.ts';

/** Of KMS: 32 KB; of a user's inline policies: 2 KB; of a session policy: 2 KB ("Quotas" of KMS and of IAM and STS). */
const keyPolicySize = 32_768;
const smallPolicySize = 2_000;

type Statement = Record<string, unknown>;

const everything: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

/** As many of the statements as fit, after the first ones. */
function filled(size: number, first: readonly Statement[], statement: (index: number) => Statement): string {
  const statements = [...first];
  let length = JSON.stringify({ Version: '2012-10-17', Statement: first }).length;
  for (;;) {
    const next = statement(statements.length);
    length += JSON.stringify(next).length + 1;
    if (length > size) return JSON.stringify({ Version: '2012-10-17', Statement: statements });
    statements.push(next);
  }
}

const kinds: Readonly<Record<string, (index: number) => Statement>> = {
  'stars in actions': (index) => ({
    Effect: 'Deny',
    Action: `kms:${'*e'.repeat(60)}${index}`,
    Resource: '*',
  }),
  'stars in resources': (index) => ({
    Effect: 'Deny',
    Action: '*',
    Resource: `arn:aws:kms:*:*:key/${'*a'.repeat(60)}${index}`,
  }),
  'stars in conditions': (index) => ({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringLike: { 'kms:EncryptionContext:x': `${'*a'.repeat(100)}${index}b` } },
  }),
  'many values': (index) => ({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: {
      'ForAnyValue:StringLike': {
        'kms:EncryptionContextKeys': Array.from({ length: 20 }, (_, at) => `*a*a*a*${at}${index}b`),
      },
    },
  }),
  'tiny statements': () => ({ Effect: 'Deny', NotAction: '*', Resource: '*' }),
  variables: () => ({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringLike: { 'aws:UserAgent': `${'*${aws:username}'.repeat(10)}!` } },
  }),
};

describe('hostile policies', function () {
  this.timeout(90_000);
  let scene: HostileScene;
  let KeyId: string;

  before(async () => {
    scene = await HostileScene.start();
    KeyId = (await scene.kms.createKey({})).KeyMetadata?.KeyId ?? '';
  });
  after(() => scene.close());

  /** Contexts as large as the request lets them be: what patterns have to be held against. */
  const encrypt = () =>
    scene.kms.encrypt({
      KeyId,
      Plaintext: Buffer.from('x'),
      EncryptionContext: {
        x: 'a'.repeat(4000),
        ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${'a'.repeat(60)}${at}`, 'a'])),
      },
    });

  for (const [name, statement] of Object.entries(kinds)) {
    it(`a key policy of ${name}`, async () => {
      const Policy = filled(keyPolicySize, [everything], (index) => ({
        Principal: '*',
        ...statement(index),
      }));
      await scene.endures(async () => {
        await scene.kms.putKeyPolicy({ KeyId, Policy });
        await Promise.all(Array.from({ length: 5 }, encrypt));
      });
    });

    it(`an inline policy and a session policy of ${name}`, async () => {
      const allow: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
      const policy = filled(smallPolicySize, [allow], statement);
      await scene.endures(async () => {
        await scene.iam.putUserPolicy({
          UserName: 'administrator',
          PolicyName: 'hostile',
          PolicyDocument: policy,
        });
        const { Credentials } = await scene.sts.getFederationToken({ Name: 'somebody', Policy: policy });
        const somebody = new STS({
          endpoint: scene.sandbox.url,
          region: 'us-east-1',
          credentials: {
            accessKeyId: Credentials?.AccessKeyId ?? '',
            secretAccessKey: Credentials?.SecretAccessKey ?? '',
            sessionToken: Credentials?.SessionToken ?? '',
          },
        });
        await somebody.getCallerIdentity({});
        somebody.destroy();
        await encrypt();
      });
      await scene.iam.deleteUserPolicy({ UserName: 'administrator', PolicyName: 'hostile' });
    });
  }

  it('a trust policy of stars', async () => {
    const trust = filled(smallPolicySize, [], (index) => ({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: { StringLike: { 'sts:ExternalId': `${'*a'.repeat(100)}${index}b` } },
    }));
    await scene.endures(async () => {
      const { Role } = await scene.iam.createRole({ RoleName: 'hostile', AssumeRolePolicyDocument: trust });
      const refused = await scene.sts
        .assumeRole({ RoleArn: Role?.Arn, RoleSessionName: 'session', ExternalId: 'a'.repeat(1224) })
        .then(
          () => 'assumed',
          (error: Error) => error.name,
        );
      expect(refused).to.equal('AccessDenied');
    });
  });

  it('documents beyond the limits, deep ones and broken ones', async () => {
    const put = (Policy: string) =>
      scene.kms.putKeyPolicy({ KeyId, Policy }).then(
        () => 'put',
        (error: Error) => error.name,
      );
    await scene.endures(async () => {
      for (const policy of ['['.repeat(30_000), '{"Statement":'.repeat(2_000), '"'.repeat(30_000)]) {
        expect(await put(policy)).to.equal('MalformedPolicyDocumentException');
      }
      const large = filled(500_000, [everything], () => everything);
      expect(await put(large)).to.not.equal('put');
    });
  });

  it('a simulation of all that fits into a request', async () => {
    const policy = filled(100_000, [], (index) => ({
      Effect: 'Allow',
      Action: `s3:${'*a'.repeat(30)}${index}`,
      Resource: `arn:aws:s3:::${'*a'.repeat(30)}${index}b`,
    }));
    await scene.endures(() =>
      scene.iam
        .simulateCustomPolicy({
          PolicyInputList: [policy],
          ActionNames: Array.from({ length: 100 }, (_, at) => `s3:${'a'.repeat(100)}${at}`),
          ResourceArns: Array.from({ length: 20 }, (_, at) => `arn:aws:s3:::${'a'.repeat(400)}${at}`),
        })
        .catch((error: Error) => error.name),
    );
  });
});
