/** A sandbox with several accounts, and clients for whoever has credentials. */
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { type AssumeRoleCommandInput, type Credentials, STS } from '@aws-sdk/client-sts';
import { type AccessKey, type AccountAccess, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

/** Long-term or temporary. */
export interface TestCredentials extends AccessKey {
  readonly sessionToken?: string;
}

export interface Clients {
  readonly iam: IAM;
  readonly kms: KMS;
  readonly sts: STS;
}

export interface User extends Clients {
  readonly arn: string;
  readonly credentials: TestCredentials;
}

export class Accounts {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async start(): Promise<Accounts> {
    return new Accounts(await startSandbox());
  }

  clients(credentials: TestCredentials): Clients {
    const config = { endpoint: this.sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 };
    return { iam: new IAM(config), kms: new KMS(config), sts: new STS(config) };
  }

  /** Clients of an account's administrator. */
  admin({ administrator }: AccountAccess): Clients {
    return this.clients(administrator);
  }

  /** A user who may do what the statements say. */
  async user(access: AccountAccess, name: string, statements: readonly object[] = []): Promise<User> {
    const { iam } = this.admin(access);
    await iam.createUser({ UserName: name });
    if (statements.length > 0) {
      await iam.putUserPolicy({ UserName: name, PolicyName: 'own', PolicyDocument: policy(...statements) });
    }
    const { AccessKey } = await iam.createAccessKey({ UserName: name });
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    return {
      ...this.clients(credentials),
      credentials,
      arn: `arn:aws:iam::${access.account.id}:user/${name}`,
    };
  }

  /** A role that a trust statement opens, and its ARN. */
  async role(
    access: AccountAccess,
    name: string,
    trust: object,
    statements: readonly object[] = [],
    maxSession = 3600,
  ): Promise<string> {
    const { iam } = this.admin(access);
    const { Role } = await iam.createRole({
      RoleName: name,
      AssumeRolePolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }),
      MaxSessionDuration: maxSession,
    });
    if (statements.length > 0) {
      await iam.putRolePolicy({ RoleName: name, PolicyName: 'own', PolicyDocument: policy(...statements) });
    }
    return Role?.Arn ?? '';
  }

  /** Clients of a session that the caller opens. */
  async session(
    sts: STS,
    input: AssumeRoleCommandInput,
  ): Promise<Clients & { credentials: TestCredentials }> {
    const { Credentials } = await sts.assumeRole(input);
    const credentials = temporary(Credentials);
    return { ...this.clients(credentials), credentials };
  }
}

export function temporary(credentials: Credentials | undefined): TestCredentials {
  return {
    accessKeyId: credentials?.AccessKeyId ?? '',
    secretAccessKey: credentials?.SecretAccessKey ?? '',
    sessionToken: credentials?.SessionToken,
  };
}

/** A policy document of these statements. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export const allow = (Action: string | string[], Resource = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
