/** CloudTrail's documented examples and recorded events, and the records that the sandbox makes of the same calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordedResponses } from '../../support/requires.ts';
import { type EventRecord, Scene } from '../cloudtrail/scene.ts';

interface Example {
  readonly event: EventRecord;
}

type Steps = (scene: Scene) => Promise<EventRecord>;

const createKey = async ({ admin: { kms } }: Scene, input = {}): Promise<string> => {
  return (await kms.createKey(input)).KeyMetadata?.KeyId ?? '';
};

/** A call that needs a key, and its record. */
const ofKey =
  (eventName: string, call: (kms: Scene['admin']['kms'], KeyId: string) => Promise<unknown>): Steps =>
  async (scene) => {
    await call(scene.admin.kms, await createKey(scene)).catch(() => undefined);
    return scene.record(eventName);
  };

const Plaintext = Buffer.from('secret');
const EncryptionContext = { Department: 'Engineering', Project: 'Alpha' };

/** The record of a call that DynamoDB made when a user wrote to a table under a key of the account. */
const throughDynamoDb =
  (eventName: string): Steps =>
  async (scene) => {
    const { dynamodb } = scene.admin;
    await dynamodb.createTable({
      TableName: 'Books',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: await createKey(scene) },
    });
    await dynamodb.putItem({ TableName: 'Books', Item: { id: { S: '1' } } });
    return scene.record(eventName);
  };

const examples: Record<string, Steps> = {
  'ddb-creategrant': throughDynamoDb('CreateGrant'),
  'ddb-decrypt': throughDynamoDb('Decrypt'),
  'ddb-generatedatakey': throughDynamoDb('GenerateDataKey'),
  'kms-cancelkeydeletion': ofKey('CancelKeyDeletion', async (kms, KeyId) => {
    await kms.scheduleKeyDeletion({ KeyId });
    await kms.cancelKeyDeletion({ KeyId });
  }),
  'kms-createalias': ofKey('CreateAlias', (kms, TargetKeyId) =>
    kms.createAlias({ AliasName: 'alias/ExampleAlias', TargetKeyId }),
  ),
  'kms-createkey-1': async (scene) => {
    await createKey(scene, { Origin: 'EXTERNAL' });
    return scene.record('CreateKey');
  },
  'kms-decrypt-failure': ofKey('Decrypt', async (kms, KeyId) => {
    const { KeyMetadata } = await kms.createKey({});
    const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext, EncryptionContext });
    await kms.decrypt({ CiphertextBlob, KeyId, EncryptionContext });
  }),
  'kms-decrypt-success-2025': ofKey('Decrypt', async (kms, KeyId) => {
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext });
    await kms.decrypt({ CiphertextBlob, KeyId, EncryptionContext });
  }),
  'kms-describekey': ofKey('DescribeKey', (kms, KeyId) => kms.describeKey({ KeyId })),
  'kms-disablekey': ofKey('DisableKey', (kms, KeyId) => kms.disableKey({ KeyId })),
  'kms-enablekey': ofKey('EnableKey', (kms, KeyId) => kms.enableKey({ KeyId })),
  'kms-enablekeyrotation': ofKey('EnableKeyRotation', (kms, KeyId) => kms.enableKeyRotation({ KeyId })),
  'kms-getkeypolicy': ofKey('GetKeyPolicy', (kms, KeyId) =>
    kms.getKeyPolicy({ KeyId, PolicyName: 'default' }),
  ),
  'kms-listaliases': ofKey('ListAliases', async (kms, TargetKeyId) => {
    for (const letter of 'abcdefgh') await kms.createAlias({ AliasName: `alias/${letter}`, TargetKeyId });
    const { NextMarker } = await kms.listAliases({ Limit: 5 });
    await kms.listAliases({ Limit: 5, Marker: NextMarker });
  }),
  'kms-listgrants': ofKey('ListGrants', async (kms, KeyId) => {
    const GranteePrincipal = 'arn:aws:iam::123456789012:user/administrator';
    for (let count = 0; count < 12; count++) {
      await kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: `grant-${count}` });
    }
    const { NextMarker } = await kms.listGrants({ KeyId, Limit: 10 });
    await kms.listGrants({ KeyId, Limit: 10, Marker: NextMarker });
  }),
  'kms-putkeypolicy': ofKey('PutKeyPolicy', async (kms, KeyId) => {
    const { Policy } = await kms.getKeyPolicy({ KeyId });
    await kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy, BypassPolicyLockoutSafetyCheck: false });
  }),
  'kms-schedulekeydeletion-1': ofKey('ScheduleKeyDeletion', (kms, KeyId) =>
    kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 20 }),
  ),
};

/** Examples of what the sandbox does not have. */
const withoutSteps: Record<string, string> = {
  'kms-createkey-3': 'the sandbox has no external key stores',
  'kms-schedulekeydeletion-2': 'the sandbox has no replicas of multi-Region keys',
};

/**
 * Members that records have had since an example was written: for KMS's changing calls the key's ARN since December 2022
 * (KMS developer guide), and what later examples of the same call show.
 */
const keyId = { responseElements: { keyId: 'the ARN of the key' } };
const since: Record<string, Pick<Partial<EventRecord>, 'requestParameters' | 'responseElements'>> = {
  'ddb-creategrant': keyId,
  'kms-createalias': keyId,
  'kms-createkey-1': { requestParameters: { multiRegion: false } },
  'kms-disablekey': keyId,
  'kms-enablekey': keyId,
  'kms-enablekeyrotation': keyId,
  'kms-putkeypolicy': keyId,
  'kms-schedulekeydeletion-1': { responseElements: { pendingWindowInDays: 20 } },
};

describe("CloudTrail's documented examples", function () {
  this.timeout(20_000);
  let folder: string;
  let scene: Scene;

  before(function () {
    folder = recordedResponses.call(this);
  });
  beforeEach(async () => {
    scene = await Scene.start();
  });
  afterEach(() => scene.close());

  // The later one of the two examples of CreateKey spells the member like every other: with a small first letter.
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(join(folder, path), 'utf8').replace('"AWSAccountId"', '"aWSAccountId"'));

  it('are all compared, or have a reason why not', () => {
    const names = readdirSync(join(folder, 'documented-cloudtrail')).map((file) =>
      file.replace(/\.json$/, ''),
    );
    expect([...Object.keys(examples), ...Object.keys(withoutSteps)]).to.have.members(names);
  });

  for (const [name, steps] of Object.entries(examples)) {
    it(name, async () => {
      const { event: example } = read(`documented-cloudtrail/${name}.json`) as Example;
      const { requestParameters, responseElements } = since[name] ?? {};
      const current = {
        ...example,
        ...(requestParameters && {
          requestParameters: { ...example.requestParameters, ...requestParameters },
        }),
        ...(responseElements && { responseElements: { ...example.responseElements, ...responseElements } }),
      };
      compare(current, await steps(scene));
    });
  }

  it('and a recorded denial of ListTables', async () => {
    const { event: recorded } = read('live-notes/cloudtrail-ddb-listtables-denied.real.json') as Example;
    const user = await scene.user('HoneyUser');
    await user.dynamodb.listTables({}).catch(() => undefined);
    const ours = await scene.record('ListTables');
    compare(recorded, ours);
    expect(ours.errorMessage).to.equal(
      String(recorded.errorMessage)
        .replaceAll('123456789010', '123456789012')
        .replaceAll('us-east-1', 'eu-west-1'),
    );
  });
});

/** TLS is not spoken on loopback; the other member ties an event to the same one in another account. */
const notOurs = ['tlsDetails', 'sharedEventID'];

/** Names and types of all members of the parameters, and every member of the record. */
function compare(example: EventRecord, ours: EventRecord): void {
  expect(ours).to.include.all.keys(Object.keys(example).filter((name) => !notOurs.includes(name)));
  expect(shape(ours.requestParameters), 'requestParameters').to.deep.equal(shape(example.requestParameters));
  expect(shape(ours.responseElements), 'responseElements').to.deep.equal(shape(example.responseElements));
  for (const member of ['eventName', 'eventSource', 'readOnly', 'eventType', 'errorCode'] as const) {
    expect(ours[member], member).to.equal(example[member]);
  }
  const names = (record: EventRecord) => (record.resources ?? []).map(({ ARN }) => ARN.replace(/\/.*/, ''));
  expect(names(ours).length, 'resources').to.equal(names(example).length);
}

/** The value with its type in place of every text, number and truth value. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, shape(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
