/** A sandbox with every client of its administrator, and of users that a test makes. */
import { CloudTrail, type Event, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import { type AccessKey, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

export const region = 'eu-west-1';
export const accountId = '123456789012';

export interface Credentials extends AccessKey {
  readonly sessionToken?: string;
}

export interface Clients {
  readonly cloudTrail: CloudTrail;
  readonly dynamodb: DynamoDB;
  readonly iam: IAM;
  readonly kms: KMS;
  readonly sts: STS;
}

export interface User extends Clients {
  readonly name: string;
  readonly arn: string;
  readonly accessKey: AccessKey;
}

/** The record of an event, as far as tests look at it. */
export interface EventRecord {
  readonly [member: string]: unknown;
  readonly userIdentity: Record<string, unknown>;
  readonly requestParameters: Record<string, unknown> | null;
  readonly responseElements: Record<string, unknown> | null;
  readonly resources?: readonly { readonly ARN: string }[];
}

export class Scene {
  readonly sandbox: Sandbox;
  readonly admin: Clients;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.admin = this.clients(sandbox.administrator);
  }

  static async start(): Promise<Scene> {
    return new Scene(await startSandbox());
  }

  clients(credentials: Credentials, inRegion = region): Clients {
    const config = { endpoint: this.sandbox.url, region: inRegion, credentials, maxAttempts: 1 };
    return {
      cloudTrail: new CloudTrail(config),
      dynamodb: new DynamoDB(config),
      iam: new IAM(config),
      kms: new KMS(config),
      sts: new STS(config),
    };
  }

  /** An IAM user with an inline policy of these statements, if any. */
  async user(name: string, statements: readonly object[] = []): Promise<User> {
    const { iam } = this.admin;
    await iam.createUser({ UserName: name });
    if (statements.length > 0) {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      await iam.putUserPolicy({ UserName: name, PolicyName: 'inline', PolicyDocument });
    }
    const { AccessKey: made } = await iam.createAccessKey({ UserName: name });
    const accessKey = {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
    };
    const arn = `arn:aws:iam::${accountId}:user/${name}`;
    return { ...this.clients(accessKey), name, arn, accessKey };
  }

  /** Every event that a look-up finds, newest first. */
  async events(input: LookupEventsCommandInput = {}, inRegion = region): Promise<Event[]> {
    const { cloudTrail } = this.clients(this.sandbox.administrator, inRegion);
    const found: Event[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudTrail.lookupEvents({ ...input, NextToken });
      found.push(...(page.Events ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  /** The records of all events of one name, oldest first. */
  async records(eventName: string, inRegion = region): Promise<EventRecord[]> {
    const byName = { AttributeKey: 'EventName', AttributeValue: eventName } as const;
    const events = await this.events({ LookupAttributes: [byName] }, inRegion);
    return events.map(recordOf).reverse();
  }

  /** The record of the newest event of one name. Fails where there is none. */
  async record(eventName: string, inRegion = region): Promise<EventRecord> {
    const newest = (await this.records(eventName, inRegion)).at(-1);
    if (!newest) throw new Error(`There is no event ${eventName}.`);
    return newest;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }
}

export function recordOf(event: Event): EventRecord {
  return JSON.parse(event.CloudTrailEvent ?? '') as EventRecord;
}

/** Statement of an identity policy. */
export function allow(action: string | readonly string[]): object {
  return { Effect: 'Allow', Action: action, Resource: '*' };
}
