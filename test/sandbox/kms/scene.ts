/** A sandbox with KMS and IAM clients of its administrator, and of users that a test makes. */
import { IAM } from '@aws-sdk/client-iam';
import { type CreateKeyCommandInput, type KeyMetadata, KMS } from '@aws-sdk/client-kms';
import type { CallRecord } from '../../../sandbox/gateway/gateway.ts';
import { type AccessKey, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { refusal } from '../refusal.ts';

export const region = 'eu-west-1';
export const accountId = '123456789012';
export const rootArn = `arn:aws:iam::${accountId}:root`;

export interface User {
  readonly name: string;
  readonly arn: string;
  readonly kms: KMS;
  readonly accessKeyId: string;
}

/** A key that a test has made: what nearly every call needs of it. */
export interface TestKey {
  readonly id: string;
  readonly arn: string;
  readonly metadata: KeyMetadata;
}

export class Scene {
  readonly sandbox: Sandbox;
  readonly iam: IAM;
  /** The administrator's. */
  readonly kms: KMS;
  readonly #calls: readonly CallRecord[];

  constructor(sandbox: Sandbox, calls: readonly CallRecord[]) {
    this.sandbox = sandbox;
    this.#calls = calls;
    this.iam = new IAM({ ...this.#config(sandbox.administrator) });
    this.kms = this.client(sandbox.administrator);
  }

  static async start(): Promise<Scene> {
    const calls: CallRecord[] = [];
    return new Scene(await startSandbox({ onCall: (record) => calls.push(record) }), calls);
  }

  client(credentials: AccessKey, inRegion = region): KMS {
    return new KMS({ ...this.#config(credentials), region: inRegion });
  }

  /** An IAM user with an access key, and an inline policy if statements are given. */
  async user(name: string, statements: readonly object[] = []): Promise<User> {
    await this.iam.createUser({ UserName: name });
    if (statements.length > 0) await this.allow(name, statements);
    const { AccessKey } = await this.iam.createAccessKey({ UserName: name });
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    return {
      name,
      arn: userArn(name),
      kms: this.client(credentials),
      accessKeyId: credentials.accessKeyId,
    };
  }

  /** Puts an inline policy on a user, in place of the one it had. */
  async allow(userName: string, statements: readonly object[]): Promise<void> {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await this.iam.putUserPolicy({ UserName: userName, PolicyName: 'inline', PolicyDocument });
  }

  /** A key of the administrator's. */
  async key(input: CreateKeyCommandInput = {}): Promise<TestKey> {
    const { KeyMetadata } = await this.kms.createKey(input);
    if (!KeyMetadata?.KeyId || !KeyMetadata.Arn) throw new Error('CreateKey answered without a key.');
    return { id: KeyMetadata.KeyId, arn: KeyMetadata.Arn, metadata: KeyMetadata };
  }

  /** A key whose policy has the root statement, unless told otherwise, and these statements. */
  async keyWith(statements: readonly object[], { delegates = true } = {}): Promise<TestKey> {
    const all = delegates ? [rootStatement, ...statements] : statements;
    return this.key({ Policy: policyText(all), BypassPolicyLockoutSafetyCheck: true });
  }

  /**
   * Code and message of a refusal as they were sent: where the message is empty, the SDK shows one of its own.
   * For one request at a time.
   */
  async refusalSent(request: Promise<unknown>): Promise<CallRecord['error']> {
    await refusal(request);
    return this.#calls.at(-1)?.error;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }

  #config(credentials: AccessKey) {
    return { endpoint: this.sandbox.url, region, credentials, maxAttempts: 1 };
  }
}

/** The statement that lets identity policies count. */
export const rootStatement = {
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: rootArn },
  Action: 'kms:*',
  Resource: '*',
};

export function userArn(name: string): string {
  return `arn:aws:iam::${accountId}:user/${name}`;
}

export function policyText(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Statement of an identity policy. */
export function allow(action: string | readonly string[], resource = '*', condition?: object): object {
  return {
    Effect: 'Allow',
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
}

/** Statement of a key policy. */
export function allowUser(name: string, action: string | readonly string[], condition?: object): object {
  return { ...allow(action, '*', condition), Principal: { AWS: userArn(name) } };
}

/** KMS's denial as AWS words it. */
export function denied(user: string, action: string, resource: string, reason: string) {
  return {
    name: 'AccessDeniedException',
    message: `User: ${userArn(user)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    status: 400,
  };
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text);
}

export function text(blob: Uint8Array | undefined): string {
  return Buffer.from(blob ?? []).toString();
}
