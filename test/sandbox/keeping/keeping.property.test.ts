/** Whatever is done to an account, what is kept of it is the same account. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { allow, type Clients, Scene } from '../cloudtrail/scene.ts';
import { portrait } from './portrait.ts';

/** Names of which there are few, so that calls meet each other. */
interface Names {
  readonly one: string;
  readonly other: string;
}

type Action = (clients: Clients, names: Names) => Promise<unknown>;

const statements = (action: string) => JSON.stringify({ Version: '2012-10-17', Statement: [allow(action)] });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policyArn = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
const keyOf = (name: string) => `alias/${name}`;
const keyIdOf = async ({ kms }: Clients, name: string) =>
  (await kms.describeKey({ KeyId: keyOf(name) })).KeyMetadata?.KeyId;

const actions: Readonly<Record<string, Action>> = {
  createUser: ({ iam }, { one }) => iam.createUser({ UserName: one, Path: '/team/' }),
  renameUser: ({ iam }, { one, other }) => iam.updateUser({ UserName: one, NewUserName: other }),
  deleteUser: ({ iam }, { one }) => iam.deleteUser({ UserName: one }),
  tagUser: ({ iam }, { one, other }) => iam.tagUser({ UserName: one, Tags: [{ Key: other, Value: one }] }),
  createAccessKey: ({ iam }, { one }) => iam.createAccessKey({ UserName: one }),
  createLoginProfile: ({ iam }, { one }) =>
    iam.createLoginProfile({ UserName: one, Password: 'correct-Horse-7-battery' }),
  putUserPolicy: ({ iam }, { one, other }) =>
    iam.putUserPolicy({ UserName: one, PolicyName: other, PolicyDocument: statements('kms:*') }),
  deleteUserPolicy: ({ iam }, { one, other }) => iam.deleteUserPolicy({ UserName: one, PolicyName: other }),
  createGroup: ({ iam }, { one }) => iam.createGroup({ GroupName: one }),
  addUserToGroup: ({ iam }, { one, other }) => iam.addUserToGroup({ UserName: one, GroupName: other }),
  createRole: ({ iam }, { one }) => iam.createRole({ RoleName: one, AssumeRolePolicyDocument: trust }),
  createPolicy: ({ iam }, { one }) =>
    iam.createPolicy({ PolicyName: one, PolicyDocument: statements('dynamodb:*') }),
  createPolicyVersion: ({ iam }, { one, other }) =>
    iam.createPolicyVersion({
      PolicyArn: policyArn(one),
      PolicyDocument: statements(`kms:${other}`),
      SetAsDefault: true,
    }),
  attachUserPolicy: ({ iam }, { one, other }) =>
    iam.attachUserPolicy({ UserName: one, PolicyArn: policyArn(other) }),
  createKey: async ({ kms }, { one }) => {
    const { KeyMetadata } = await kms.createKey({ Description: one });
    await kms.createAlias({ AliasName: keyOf(one), TargetKeyId: KeyMetadata?.KeyId });
  },
  moveAlias: async (clients, { one, other }) =>
    clients.kms.updateAlias({ AliasName: keyOf(one), TargetKeyId: await keyIdOf(clients, other) }),
  disableKey: async (clients, { one }) => clients.kms.disableKey({ KeyId: await keyIdOf(clients, one) }),
  enableKey: async (clients, { one }) => clients.kms.enableKey({ KeyId: await keyIdOf(clients, one) }),
  enableRotation: async (clients, { one }) =>
    clients.kms.enableKeyRotation({ KeyId: await keyIdOf(clients, one), RotationPeriodInDays: 90 }),
  rotate: async (clients, { one }) => clients.kms.rotateKeyOnDemand({ KeyId: await keyIdOf(clients, one) }),
  grant: async (clients, { one }) =>
    clients.kms.createGrant({
      KeyId: await keyIdOf(clients, one),
      GranteePrincipal: 'arn:aws:iam::123456789012:root',
      Operations: ['Decrypt'],
    }),
  deleteKey: async (clients, { one }) =>
    clients.kms.scheduleKeyDeletion({ KeyId: await keyIdOf(clients, one), PendingWindowInDays: 7 }),
  createTable: ({ dynamodb }, { one, other }) =>
    dynamodb.createTable({
      TableName: one,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      ...(one !== other && {
        SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyOf(other) },
      }),
    }),
  changeTableKey: ({ dynamodb }, { one, other }) =>
    dynamodb.updateTable({
      TableName: one,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyOf(other) },
    }),
  managedTableKey: ({ dynamodb }, { one }) =>
    dynamodb.updateTable({ TableName: one, SSESpecification: { Enabled: true } }),
  timeToLive: ({ dynamodb }, { one }) =>
    dynamodb.updateTimeToLive({
      TableName: one,
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'ends' },
    }),
  deleteTable: ({ dynamodb }, { one }) => dynamodb.deleteTable({ TableName: one }),
  putItem: ({ dynamodb }, { one, other }) =>
    dynamodb.putItem({ TableName: one, Item: { id: { S: other }, kind: { S: one }, ends: { N: '1' } } }),
  updateItem: ({ dynamodb }, { one, other }) =>
    dynamodb.updateItem({
      TableName: one,
      Key: { id: { S: other } },
      UpdateExpression: 'REMOVE kind ADD hits :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  deleteItem: ({ dynamodb }, { one, other }) =>
    dynamodb.deleteItem({ TableName: one, Key: { id: { S: other } } }),
  transact: ({ dynamodb }, { one, other }) =>
    dynamodb.transactWriteItems({
      TransactItems: [one, other].map((TableName, at) => ({
        Put: { TableName, Item: { id: { S: `${one}${at}` }, kind: { S: other } } },
      })),
    }),
};

const name = fc.constantFrom('ann', 'ben', 'stranger');
const step = fc.record({
  action: fc.constantFrom(...Object.keys(actions)),
  one: name,
  other: name,
  /** Of the account's clock, before the step. */
  hours: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 24 * 100 })),
});

/** Something to work with, so that fewer steps are refused. */
const beginning = ['createUser', 'createKey', 'createTable', 'putItem'] as const;

describe('what is kept of an account', function () {
  this.timeout(240_000);

  it('is the account, after any calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const folder = await temporaryFolder();
        const data = join(folder.path, 'account');
        const original = new Scene(await startSandbox({ data }));
        try {
          for (const action of beginning) {
            for (const one of ['ann', 'ben']) await actions[action]?.(original.admin, { one, other: one });
          }
          for (const { action, hours, ...names } of steps) {
            original.sandbox.clock.advance(hours * 60 * 60 * 1000);
            await actions[action]?.(original.admin, names).catch(requireRefusal);
          }
          // A rotation that is due makes its material, which is random, at the first look.
          original.sandbox.clock.advance(60_000);
          await original.admin.kms.listKeys();
          const copy = join(folder.path, 'copy');
          await cp(data, copy, { recursive: true });
          const kept = new Scene(await startSandbox({ data: copy }));
          try {
            expect(await portrait(kept.admin)).to.deep.equal(await portrait(original.admin));
          } finally {
            await kept.close();
          }
        } finally {
          await original.close();
          await folder.remove();
        }
      }),
      { numRuns: 6 },
    );
  });
});

/** The sandbox may refuse a call, but must not fail on it. */
function requireRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): void {
  expect(error.$metadata?.httpStatusCode, error.message).to.be.within(400, 499);
}
