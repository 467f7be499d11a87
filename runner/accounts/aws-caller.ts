/** Calls AWS, or an endpoint that speaks like it, through the AWS SDK. */
import { setTimeout as delay } from 'node:timers/promises';
import { isThrottlingError } from '@smithy/core/retry';
import { CallError, type CallName, type ServiceName } from '../../checks/call.ts';
import type { AccessKey, CredentialSource } from './access-key.ts';
import type { Answer, Caller, RoleSession } from './caller.ts';
import { causeOf } from './cause.ts';
import type { Connections } from './connections.ts';
import { NoCredentials } from './no-credentials.ts';
import { Pace } from './pace.ts';
import { toCallError } from './sdk-errors.ts';
import { operationOnTheWire } from './wire-operation.ts';

export interface AwsCallerOptions {
  readonly region: string;
  /** Another address than AWS's. */
  readonly endpoint?: string;
  /** A fixed key, or what gives keys that expire; without it the SDK's default chain looks for credentials. */
  readonly credentials?: AccessKey | CredentialSource;
  /** Profile of the shared configuration files. */
  readonly profile?: string;
  readonly signal?: AbortSignal;
  /** Shared with other callers; without them each client has its own. */
  readonly connections?: Connections | undefined;
}

/** What is used of a client package; its commands are found by name. */
interface Client {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<Record<string, unknown>>;
  destroy(): void;
}
type ClientModule = Record<string, unknown>;

const packages: Record<ServiceName, { load: () => Promise<ClientModule>; client: string }> = {
  cloudtrail: { load: () => import('@aws-sdk/client-cloudtrail'), client: 'CloudTrailClient' },
  dynamodb: { load: () => import('@aws-sdk/client-dynamodb'), client: 'DynamoDBClient' },
  iam: { load: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  kms: { load: () => import('@aws-sdk/client-kms'), client: 'KMSClient' },
  sts: { load: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
};

/** To import a module again takes its time as well. */
const loaded: Partial<Record<ServiceName, Promise<ClientModule>>> = {};

/** Throttled and failed calls are repeated this often at most. */
const usualAttempts = 5;

export class AwsCaller implements Caller {
  readonly region: string;
  readonly #options: AwsCallerOptions;
  /** By service and number of attempts. */
  readonly #clients = new Map<string, ReturnType<typeof open>>();
  readonly #pace = new Pace();
  readonly #elsewhere = new Map<string, AwsCaller>();
  readonly #sessions: AwsCaller[] = [];

  constructor(options: AwsCallerOptions) {
    this.region = options.region;
    this.#options = options;
  }

  async send(...[call, input, times]: Parameters<Caller['send']>): Promise<Answer> {
    const [service, operation] = call.split(':') as [ServiceName, string];
    const { module, client } = await this.#client(service, times === 'once' ? 1 : usualAttempts);
    const Command = module[`${operation}Command`] as (new (input: object) => CommandLike) | undefined;
    if (!Command) throw new Error(`The AWS SDK has no operation ${call}.`);
    const { signal } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const command = new Command(input);
      holdToName(command, call);
      await this.#pace.turn(call);
      try {
        const { $metadata, ...output } = await client.send(command, { abortSignal: signal });
        const { requestId } = ($metadata ?? {}) as { requestId?: string };
        return { output, ...(requestId && { requestId }) };
      } catch (error) {
        // A throttled call did nothing, so that even what must not be done twice may be asked for again.
        const again =
          times === 'once' &&
          isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) &&
          attempt < usualAttempts;
        if (!again || signal?.aborted) throw faultOf(call, error, this.#options.profile);
        await delay(200 * 2 ** attempt);
      }
    }
  }

  inRegion(region: string): AwsCaller {
    if (region === this.region) return this;
    const known = this.#elsewhere.get(region) ?? new AwsCaller({ ...this.#options, region });
    this.#elsewhere.set(region, known);
    return known;
  }

  inSession({ key }: RoleSession): AwsCaller {
    const { profile: _, ...place } = this.#options;
    const session = new AwsCaller({ ...place, credentials: key });
    this.#sessions.push(session);
    return session;
  }

  close(): void {
    for (const caller of [...this.#elsewhere.values(), ...this.#sessions]) caller.close();
    for (const opened of this.#clients.values()) {
      opened.then(
        ({ client }) => client.destroy(),
        () => undefined,
      );
    }
  }

  #client(service: ServiceName, maxAttempts: number): ReturnType<typeof open> {
    const key = `${service} ${maxAttempts}`;
    let opened = this.#clients.get(key);
    if (!opened) {
      opened = open(service, this.#options, maxAttempts);
      this.#clients.set(key, opened);
    }
    return opened;
  }
}

async function open(service: ServiceName, options: AwsCallerOptions, maxAttempts: number) {
  const { load, client } = packages[service];
  loaded[service] ??= load();
  const module = await loaded[service];
  const Client = module[client] as new (configuration: object) => Client;
  const { region, endpoint, credentials, profile, connections } = options;
  return {
    module,
    client: new Client({
      region,
      // Throttling is AWS's business, not the learner's: it is waited out.
      retryMode: 'adaptive',
      maxAttempts,
      requestHandler: {
        connectionTimeout: 5000,
        requestTimeout: 30_000,
        ...connections?.agents,
      },
      ...(endpoint && { endpoint }),
      ...(credentials && { credentials }),
      ...(profile && { profile, logger: quiet }),
    }),
  };
}

/**
 * A profile was asked for by name: that there are credentials in the environment as well needs no warning from the SDK. Failed calls
 * are told by whoever made them.
 */
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

interface CommandLike {
  middlewareStack: {
    add(
      middleware: (next: (args: { request: unknown }) => unknown) => (args: { request: unknown }) => unknown,
      options: { step: 'finalizeRequest'; priority: 'low'; name: string },
    ): void;
  };
}

/** The last look before a request leaves: it is the operation that was declared, whatever built it. */
function holdToName(command: CommandLike, call: CallName): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const [service, operation] = call.split(':');
      const sent = operationOnTheWire(args.request);
      if (sent !== operation) {
        throw new CallError(call, {
          code: 'WrongOperation',
          message: `${service}:${sent} was about to be sent instead.`,
        });
      }
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'labwrightHoldToName' },
  );
}

function faultOf(call: CallName, error: unknown, profile: string | undefined): CallError {
  const fault = toCallError(call, error);
  return causeOf(fault) === 'no credentials' ? new NoCredentials(call, fault, profile) : fault;
}
