/** Calls the operations of a sandbox in its own process: no HTTP, no signature and no parser, so that a class is made quickly. */
import { randomUUID } from 'node:crypto';
import { CallError, type CallName } from '../../checks/call.ts';
import type { AccessKey } from '../../runner/accounts/access-key.ts';
import type { Answer, Caller } from '../../runner/accounts/caller.ts';
import type { SandboxAccount } from '../../sandbox/account.ts';
import type { Call } from '../../sandbox/call.ts';
import { operate } from '../../sandbox/gateway/operate.ts';
import { toAwsError } from '../../sandbox/gateway/to-aws-error.ts';
import type { Protocol, WireRequest } from '../../sandbox/protocol/protocol.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { findService } from '../../sandbox/services/find-service.ts';

export interface DirectCallerOptions {
  readonly sandbox: Sandbox;
  readonly account: SandboxAccount;
  readonly key: Pick<AccessKey, 'accessKeyId'>;
  readonly region?: string;
}

const nothing: WireRequest = { method: 'POST', url: '/', headers: {}, body: Buffer.alloc(0) };

/** Authorised, carried out and added to the event history like any other call. Inputs have to be right. */
export class DirectCaller implements Caller {
  readonly region: string;
  readonly #options: DirectCallerOptions;

  constructor(options: DirectCallerOptions) {
    this.#options = options;
    this.region = options.region ?? options.sandbox.region;
  }

  async send(name: CallName, input: object): Promise<Answer> {
    const { account, key, sandbox } = this.#options;
    const [serviceName = '', operationName = ''] = name.split(':');
    const service = await findService(serviceName);
    const operation = service?.operations[operationName];
    const credential = account.credential(key.accessKeyId);
    if (!service || !operation || !credential) throw new Error(`${name} cannot be called here.`);
    const requestId = randomUUID();
    const call: Call = {
      account,
      credential,
      region: this.region,
      requestId,
      clock: sandbox.clock,
      userAgent: 'class-generator',
      sourceIp: '127.0.0.1',
      forwarded: [],
    };
    const asGiven: Protocol = { ...service.protocol, parse: () => structuredClone(input) };
    try {
      const attempt = { service: serviceName, operation, call, authorised: false };
      const output = (await operate(attempt, asGiven, nothing)) ?? {};
      return { output: output as Answer['output'], requestId };
    } catch (error) {
      const { code, message, status } = toAwsError(error, service.protocol);
      throw new CallError(name, { code, message, status });
    }
  }

  inRegion(region: string): DirectCaller {
    return new DirectCaller({ ...this.#options, region });
  }

  close(): void {}
}
