/** A sandbox with clients of its administrator, and of the users that a test makes. */
import { CreateTableCommand, type CreateTableInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { CallRecord } from '../../../sandbox/gateway/gateway.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

export const region = 'eu-west-1';
export const accountId = '123456789012';
export const rootArn = `arn:aws:iam::${accountId}:root`;

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly iam: IAMClient;
}

export interface User extends Clients {
  readonly name: string;
  readonly arn: string;
}

export class Scene {
  readonly sandbox: Sandbox;
  readonly admin: Clients;
  readonly calls: CallRecord[];

  constructor(sandbox: Sandbox, calls: CallRecord[]) {
    this.sandbox = sandbox;
    this.calls = calls;
    this.admin = this.clients(sandbox.administrator);
  }

  static async start(): Promise<Scene> {
    const calls: CallRecord[] = [];
    return new Scene(await startSandbox({ onCall: (record) => calls.push(record) }), calls);
  }

  clients(credentials: { accessKeyId: string; secretAccessKey: string }, inRegion = region): Clients {
    const config = { endpoint: this.sandbox.url, region: inRegion, credentials, maxAttempts: 1 };
    return {
      dynamodb: new DynamoDBClient(config),
      kms: new KMSClient(config),
      iam: new IAMClient(config),
    };
  }

  /** An IAM user with an inline policy of these statements, or with AmazonDynamoDBFullAccess. */
  async user(name: string, policy: 'AmazonDynamoDBFullAccess' | readonly object[]): Promise<User> {
    const { iam } = this.admin;
    await iam.send(new CreateUserCommand({ UserName: name }));
    if (typeof policy === 'string') {
      const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
    } else if (policy.length > 0) {
      await this.allow(name, policy);
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    const clients = this.clients({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    });
    return { ...clients, name, arn: `arn:aws:iam::${accountId}:user/${name}` };
  }

  /** Adds an inline policy to a user. */
  async allow(userName: string, statements: readonly object[], policyName = 'inline'): Promise<void> {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await this.admin.iam.send(
      new PutUserPolicyCommand({ UserName: userName, PolicyName: policyName, PolicyDocument }),
    );
  }

  /** A key with the policy that KMS gives by default, or with another. Returns its ARN. */
  async key(input: ConstructorParameters<typeof CreateKeyCommand>[0] = {}): Promise<string> {
    const { KeyMetadata } = await this.admin.kms.send(new CreateKeyCommand(input));
    return KeyMetadata?.Arn ?? '';
  }

  /** A table on demand with the partition key `id`. */
  async table(TableName: string, input: Partial<CreateTableInput> = {}, as: Clients = this.admin) {
    const { TableDescription } = await as.dynamodb.send(
      new CreateTableCommand({ ...simpleTable(TableName), ...input }),
    );
    return TableDescription;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }
}

export function simpleTable(TableName: string): CreateTableInput {
  return {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
}
