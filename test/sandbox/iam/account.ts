/** A sandbox with clients for its administrator and for users made on the way. */
import { IAM, IAMServiceException } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { type AccessKey, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

export interface TestAccount {
  readonly sandbox: Sandbox;
  /** As the administrator. */
  readonly iam: IAM;
  clientFor(credentials: AccessKey): IAM;
  stsFor(credentials: AccessKey): STS;
  /** Makes a user who may do what the statements say, and an access key for it. */
  user(name: string, statements?: readonly object[]): Promise<AccessKey>;
}

export async function startAccount(): Promise<TestAccount> {
  const sandbox = await startSandbox();
  const config = (credentials: AccessKey) => ({
    endpoint: sandbox.url,
    region: 'us-east-1',
    credentials,
    // The SDK takes LimitExceeded for a reason to try again.
    maxAttempts: 1,
  });
  const iam = new IAM(config(sandbox.administrator));
  return {
    sandbox,
    iam,
    clientFor: (credentials) => new IAM(config(credentials)),
    stsFor: (credentials) => new STS(config(credentials)),
    async user(name, statements = []) {
      await iam.createUser({ UserName: name });
      if (statements.length > 0) {
        await iam.putUserPolicy({
          UserName: name,
          PolicyName: 'test',
          PolicyDocument: policy(...statements),
        });
      }
      const { AccessKey } = await iam.createAccessKey({ UserName: name });
      return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    },
  };
}

/** A policy document of these statements. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Expects AWS's refusal: wire code, HTTP status and the whole message. */
export async function expectRefusal(
  promise: Promise<unknown>,
  code: string,
  status: number,
  message: string,
): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IAMServiceException)) {
    throw error instanceof Error ? error : new Error('The call was not refused.');
  }
  expect(error.message).to.equal(message);
  expect(error.$metadata.httpStatusCode).to.equal(status);
  // The SDK appends Exception to the codes that it has a class for.
  expect(error.name.replace(/Exception$/, '')).to.equal(code);
}
