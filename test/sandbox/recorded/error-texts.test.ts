/** Texts of refusals by KMS and by DynamoDB for KMS, as people met them on AWS. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { KMS } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { recordedResponses } from '../../support/requires.ts';
import { Replayer } from './replay.ts';

interface Text {
  readonly op: string;
  readonly cause: string;
  readonly http: number;
  readonly code: string;
  readonly message: string;
}

const TableName = 'recorded';

/** A key whose policy says this beside what every key policy says. */
async function key({ kms, sandbox }: Replayer, ...statements: object[]): Promise<string> {
  const root = { AWS: `arn:aws:iam::${sandbox.account.id}:root` };
  const Statement = [{ Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' }, ...statements];
  const { KeyMetadata } = await kms.createKey({
    Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    BypassPolicyLockoutSafetyCheck: true,
  });
  return KeyMetadata?.Arn ?? '';
}

function createTable({ dynamodb }: Replayer, KMSMasterKeyId: string | undefined): Promise<unknown> {
  return dynamodb.createTable({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId },
  });
}

/** Reads an item as a user who may use DynamoDB, with the statement in a policy of its own. */
async function readAsUser(replayer: Replayer, statement?: object): Promise<unknown> {
  await createTable(replayer, await key(replayer));
  const { iam } = replayer;
  const UserName = 'reader';
  await iam.createUser({ UserName });
  await iam.attachUserPolicy({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess' });
  if (statement) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const { Policy } = await iam.createPolicy({ PolicyName: 'without-decrypt', PolicyDocument });
    await iam.attachUserPolicy({ UserName, PolicyArn: Policy?.Arn });
  }
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  const dynamodb = new DynamoDB({ ...replayer.config('us-east-1'), credentials });
  return dynamodb.getItem({ TableName, Key: { id: { S: '1' } } });
}

/** What leads to each text, by operation and cause. */
const causes: Record<string, (replayer: Replayer) => Promise<unknown>> = {
  'CreateTable/UpdateTable: key policy denies kms:CreateGrant': async (replayer) =>
    createTable(
      replayer,
      await key(replayer, { Effect: 'Deny', Principal: '*', Action: 'kms:CreateGrant', Resource: '*' }),
    ),
  "CreateTable: other account's key": async (replayer) => {
    const { account, administrator: credentials } = replayer.sandbox.addAccount();
    const theirs = new KMS({ ...replayer.config('us-east-1'), credentials });
    const { KeyMetadata } = await theirs.createKey({});
    expect(KeyMetadata?.AWSAccountId).to.equal(account.id);
    return createTable(replayer, KeyMetadata?.Arn);
  },
  'CreateTable: unknown alias': (replayer) => createTable(replayer, 'alias/ackq-does-not-exist'),
  'CreateTable/UpdateTable: RSA or HMAC key': async (replayer) => {
    const { KeyMetadata } = await replayer.kms.createKey({
      KeySpec: 'RSA_2048',
      KeyUsage: 'ENCRYPT_DECRYPT',
    });
    return createTable(replayer, KeyMetadata?.Arn);
  },
  'GetItem: key disabled (about 5.5 min after DisableKey)': async (replayer) => {
    const KeyId = await key(replayer);
    await createTable(replayer, KeyId);
    await replayer.kms.disableKey({ KeyId });
    replayer.sandbox.clock.advance(6 * 60_000);
    return replayer.dynamodb.getItem({ TableName, Key: { id: { S: '1' } } });
  },
  'GetItem (data plane): caller has no kms:Decrypt': (replayer) => readAsUser(replayer),
  'read item (data plane): explicit deny in identity policy, IAM USER': (replayer) =>
    readAsUser(replayer, { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }),
  'KMS Decrypt (direct): key policy allows nobody incl. root': async (replayer) => {
    const KeyId = await key(replayer);
    const { CiphertextBlob } = await replayer.kms.encrypt({ KeyId, Plaintext: Buffer.from('secret') });
    const nobody = {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'kms:*',
      Resource: '*',
    };
    await replayer.kms.putKeyPolicy({
      KeyId,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [nobody] }),
      BypassPolicyLockoutSafetyCheck: true,
    });
    return replayer.kms.decrypt({ KeyId, CiphertextBlob });
  },
};

const notCaused: Record<string, string> = {
  'CreateTable/UpdateTable: alias/aws/s3': 'the sandbox has no AWS managed key of S3',
  'PutItem: no kms:Decrypt (2020-2022 wording)': 'KMS has had other words since',
};

describe('texts of refusals by AWS', function () {
  this.timeout(20_000);
  let texts: Map<string, Text>;
  let replayer: Replayer;

  before(function () {
    const file = join(recordedResponses.call(this), 'live-notes/kms-dynamodb-error-texts.json');
    const { messages } = JSON.parse(readFileSync(file, 'utf8')) as { messages: Text[] };
    texts = new Map(messages.map((text) => [`${text.op}: ${text.cause}`, text]));
  });
  beforeEach(async () => {
    replayer = await Replayer.start();
  });
  afterEach(() => replayer.sandbox.close());

  it('are all met with, or have a reason why not', () => {
    expect([...Object.keys(causes), ...Object.keys(notCaused)]).to.have.members([...texts.keys()]);
  });

  for (const [name, cause] of Object.entries(causes)) {
    it(name, async () => {
      const recorded = texts.get(name);
      if (!recorded) throw new Error('no text');
      const error = await cause(replayer).catch((thrown: unknown) => thrown);
      expect(error).to.be.an('error').with.property('name', recorded.code);
      expect(error).to.have.nested.property('$metadata.httpStatusCode', recorded.http);
      expect(error).to.have.property('message').that.matches(pattern(recorded.message));
    });
  }
});

/** The text with whatever its finder cut out, and without what is another account's. */
function pattern(message: string): RegExp {
  const parts: readonly (readonly [found: RegExp, allowed: string])[] = [
    // The name of KMS's exception class, which one of the finders left out.
    [/error:\n/g, 'error: (?:\\S+: )?'],
    [/\n/g, ' '],
    [/arn:aws:(?:sts|iam)::\S+/g, '\\S+'],
    [/\.{3} user\/\S+/g, '.*user/\\S+'],
    [/\.{3}\/\w+$/g, '.*'],
    [/[.]{3}|…/g, '.*'],
    [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '[0-9a-f-]{36}'],
    [/us-(?:west|east)-\d/g, 'us-east-1'],
    [/<ACCOUNT>|\d{12}/g, '\\d{12}'],
    [/kms:?$/g, 'kms'],
  ];
  const literal = message.replace(/[*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(parts.reduce((text, [found, allowed]) => text.replace(found, allowed), literal));
}
