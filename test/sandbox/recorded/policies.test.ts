/** Key policies and managed policies as AWS has them, and as the sandbox gives them out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordedResponses } from '../../support/requires.ts';
import { Replayer } from './replay.ts';

describe('policies of AWS', function () {
  this.timeout(20_000);
  let folder: string;
  let replayer: Replayer;

  before(function () {
    folder = recordedResponses.call(this);
  });
  beforeEach(async () => {
    replayer = await Replayer.start();
  });
  afterEach(() => replayer.sandbox.close());

  /** The document with the sandbox's account and Region in place of the recorded ones. */
  const read = (path: string): { PolicyVersion?: { Document: unknown } } =>
    JSON.parse(
      readFileSync(join(folder, path), 'utf8')
        .replaceAll('111122223333', replayer.sandbox.account.id)
        .replaceAll('us-west-2', 'us-east-1'),
    ) as { PolicyVersion?: { Document: unknown } };

  const policyOf = async (KeyId: string | undefined): Promise<unknown> =>
    JSON.parse((await replayer.kms.getKeyPolicy({ KeyId })).Policy ?? '');

  it('the key policy of a key that was made without one', async () => {
    const { KeyMetadata } = await replayer.kms.createKey({});
    expect(await policyOf(KeyMetadata?.KeyId)).to.deep.equal(
      read('lab-key-policies/api-default.documented.json'),
    );
  });

  it("the key policy of DynamoDB's AWS managed key", async () => {
    await replayer.dynamodb.createTable({
      TableName: 'Books',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true },
    });
    const { Table } = await replayer.dynamodb.describeTable({ TableName: 'Books' });
    expect(await policyOf(Table?.SSEDescription?.KMSMasterKeyArn)).to.deep.equal(
      read('lab-key-policies/aws-managed-dynamodb.documented.json'),
    );
  });

  it("the console's key policies, before and after a key user was added", async () => {
    for (const UserName of ['lab-admin', 'nextwork-kms-user']) await replayer.iam.createUser({ UserName });
    const { KeyMetadata: { KeyId } = {} } = await replayer.kms.createKey({});
    for (const name of ['console-created.before', 'console-after-adding-key-user']) {
      const policy = read(`lab-key-policies/${name}.json`);
      await replayer.kms.putKeyPolicy({ KeyId, Policy: JSON.stringify(policy) });
      expect(await policyOf(KeyId), name).to.deep.equal(policy);
    }
  });

  // A later version of AmazonDynamoDBFullAccess_v2 than the recorded one is in force, with the same statements.
  for (const [name, version] of [
    ['AdministratorAccess', 'v1'],
    ['AmazonDynamoDBFullAccess', 'v15'],
    ['AmazonDynamoDBFullAccess_v2', 'v2'],
  ]) {
    it(`the AWS managed policy ${name}`, async () => {
      const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
      const { Policy } = await replayer.iam.getPolicy({ PolicyArn });
      const { PolicyVersion } = await replayer.iam.getPolicyVersion({
        PolicyArn,
        VersionId: Policy?.DefaultVersionId,
      });
      expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).to.deep.equal(
        read(`aws-managed-policies/${name}.${version}.json`).PolicyVersion?.Document,
      );
    });
  }
});
