/** The AWS SDK for JavaScript v3, in this process. */
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sts from '@aws-sdk/client-sts';
import { toCallError } from '../../../../runner/accounts/sdk-errors.ts';
import { type ClientAnswer, type ClientCall, type ConformanceClient, replaceTagged } from '../client.ts';

const packages = {
  cloudtrail: { module: cloudtrail, Client: cloudtrail.CloudTrailClient },
  dynamodb: { module: dynamodb, Client: dynamodb.DynamoDBClient },
  iam: { module: iam, Client: iam.IAMClient },
  kms: { module: kms, Client: kms.KMSClient },
  sts: { module: sts, Client: sts.STSClient },
};

interface Client {
  send(command: unknown): Promise<Record<string, unknown>>;
  destroy(): void;
}

export class JavaScriptSdk implements ConformanceClient {
  readonly #endpoint: string;
  readonly #clients = new Map<string, Client>();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async call(call: ClientCall): Promise<ClientAnswer> {
    const { module } = packages[call.service as keyof typeof packages];
    const Command = (module as Record<string, unknown>)[`${call.operation}Command`] as new (
      input: unknown,
    ) => object;
    const input = replaceTagged(call.input, {
      bytes: (base64) => Buffer.from(base64, 'base64'),
      date: (text) => new Date(text),
    });
    try {
      const { $metadata, ...output } = await this.#client(call).send(new Command(input));
      return { kind: 'answer', output: plain(output) };
    } catch (thrown) {
      const { code, status } = toCallError(call.operation, thrown);
      // The SDK writes `UnknownError` where an error of a service has no text.
      const { message } = thrown as Error;
      return { kind: 'refusal', code, status, message: message === 'UnknownError' ? '' : message };
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  #client({ service, caller, region }: ClientCall): Client {
    const key = JSON.stringify([service, caller, region]);
    let client = this.#clients.get(key);
    if (!client) {
      const { Client } = packages[service as keyof typeof packages];
      client = new Client({
        endpoint: this.#endpoint,
        region,
        ...(caller === 'unsigned' ? unsigned : { credentials: caller }),
        maxAttempts: 1,
      }) as Client;
      this.#clients.set(key, client);
    }
    return client;
  }
}

/** Passes requests on as they are. The SDK wants credentials all the same. */
const unsigned = {
  signer: { sign: <Request>(request: Request) => Promise.resolve(request) },
  credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
};

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
