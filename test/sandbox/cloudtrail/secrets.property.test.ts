import { expect } from 'chai';
import fc from 'fast-check';
import { accountId, type Credentials, region, Scene } from './scene.ts';

const passphrase = fc.string({ minLength: 12, maxLength: 40, unit: 'grapheme-ascii' });

describe('the event history', () => {
  let scene: Scene;
  let runs = 0;

  beforeEach(async () => {
    scene = await Scene.start();
  });

  afterEach(() => scene.close());

  /** Attempts whatever may give out or take in a secret. Resolves to the secrets; refusals are part of the story. */
  async function story(password: string, text: string): Promise<string[]> {
    const { iam, kms, sts, dynamodb } = scene.admin;
    const secrets = [password, text, base64(text)];
    const keep = (...values: (string | undefined)[]) => {
      secrets.push(...values.filter((value) => value !== undefined));
    };
    const bytes = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('base64');
    const UserName = `user${runs++}`;

    const user = await scene.user(UserName, [
      { Effect: 'Allow', Action: ['iam:ChangePassword', 'sts:*'], Resource: '*' },
    ]);
    keep(user.accessKey.secretAccessKey, scene.sandbox.administrator.secretAccessKey);
    await iam.createLoginProfile({ UserName, Password: password }).catch(() => undefined);
    await iam.updateLoginProfile({ UserName, Password: `${password}Aa1!` }).catch(() => undefined);
    await user.iam
      .changePassword({ OldPassword: password, NewPassword: `${password}2` })
      .catch(() => undefined);

    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.Arn ?? '';
    const Plaintext = Buffer.from(text);
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
    await kms.decrypt({ CiphertextBlob });
    await user.kms.encrypt({ KeyId, Plaintext }).catch(() => undefined);
    await kms.encrypt({ KeyId: 'alias/nothing', Plaintext }).catch(() => undefined);
    const dataKey = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
    const random = await kms.generateRandom({ NumberOfBytes: 24 });
    keep(bytes(dataKey.Plaintext), bytes(random.Plaintext));
    const grant = await kms.createGrant({ KeyId, GranteePrincipal: user.arn, Operations: ['Decrypt'] });
    keep(grant.GrantToken);
    await user.kms.decrypt({ CiphertextBlob, GrantTokens: [grant.GrantToken ?? ''] });
    await kms.retireGrant({ GrantToken: grant.GrantToken });

    const { Role } = await iam.createRole({
      RoleName: `role-${UserName}`,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' },
        ],
      }),
    });
    const sessions = [
      await sts.assumeRole({ RoleArn: Role?.Arn ?? '', RoleSessionName: 'session' }),
      await user.sts.getSessionToken({}),
      await user.sts.getFederationToken({ Name: 'federated' }),
    ];
    for (const { Credentials: given } of sessions) {
      keep(given?.SecretAccessKey, given?.SessionToken);
      const session: Credentials = {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        sessionToken: given?.SessionToken ?? '',
      };
      await scene.clients(session).sts.getCallerIdentity({});
    }

    const TableName = `table-${UserName}`;
    await dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyId },
    });
    await dynamodb.putItem({ TableName, Item: { id: { S: text } } });
    return secrets;
  }

  it('holds no secret access key, password, plaintext or token', async () => {
    await fc.assert(
      fc.asyncProperty(passphrase, passphrase, async (password, text) => {
        const secrets = await story(password, text);
        const events = [...(await scene.events()), ...(await scene.events({}, 'us-east-1'))];
        expect(events.length).to.be.greaterThan(20);
        const texts = events.flatMap((event) => [
          JSON.stringify(event),
          ...leaves(JSON.parse(event.CloudTrailEvent ?? '')),
        ]);
        for (const secret of secrets) {
          const found = texts.find((seen) => seen.includes(secret));
          expect(found, `an event that holds ${secret}`).to.equal(undefined);
        }
      }),
      { numRuns: 5 },
    );
  }).timeout(60_000);

  it('holds access key ids, by which it is searched', async () => {
    await story('a passphrase', 'another passphrase');
    const { accessKeyId } = scene.sandbox.administrator;
    const byKey = { AttributeKey: 'AccessKeyId', AttributeValue: accessKeyId } as const;
    expect(await scene.events({ LookupAttributes: [byKey] }, region)).not.to.deep.equal([]);
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Every text in a JSON value, as it is when it is no longer escaped. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
