/** What the recordings have in common: an account to do the calls again in, and answers in the recordings' form. */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

/** A fresh account with a client of each service for its administrator. */
export class Replayer {
  readonly sandbox: Sandbox;
  readonly kms: KMS;
  readonly dynamodb: DynamoDB;
  readonly iam: IAM;
  readonly sts: STS;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    const config = this.config('us-east-1');
    this.kms = new KMS(config);
    this.dynamodb = new DynamoDB(config);
    this.iam = new IAM(config);
    this.sts = new STS(config);
  }

  static async start(): Promise<Replayer> {
    return new Replayer(await startSandbox());
  }

  config(region: string) {
    const { url, administrator } = this.sandbox;
    return { endpoint: url, region, credentials: administrator, maxAttempts: 1 };
  }

  /** Lets what takes AWS a while be over. */
  settle(): void {
    this.sandbox.clock.advance(5 * 60_000);
  }
}

/** Does the calls of one recording; answers under the names that the recording has. */
export type Replay = (replayer: Replayer) => Promise<Record<string, unknown>>;

interface ServiceError extends Error {
  /** The code on the wire, where the SDK's name for the error is another one. */
  readonly Code?: string;
  readonly Type?: string;
  readonly $metadata: { readonly httpStatusCode?: number };
}

/** The answer to a call, or its refusal, as recordings have them. */
export async function answer(call: Promise<{ readonly $metadata: object }>): Promise<object> {
  try {
    const { $metadata, ...output } = await call;
    return { ...withoutGaps(output), ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } };
  } catch (thrown) {
    const { name, message, Code = name, Type, $metadata } = thrown as ServiceError;
    return {
      Error: {
        Code,
        // What the SDK says where an answer has no text.
        Message: message === 'UnknownError' ? '' : message,
        ...(Type !== undefined && { Type }),
      },
      ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: $metadata?.httpStatusCode },
    };
  }
}

/** The members that are there: the SDK names some that are not. */
function withoutGaps(output: object): object {
  return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined));
}
