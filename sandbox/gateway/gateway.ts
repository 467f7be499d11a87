/**
 * The way of every request: route by credential scope, verify the signature, parse, authorise, operate, serialise.
 * Nothing here knows HTTP's sockets; `server.ts` does.
 */
import { randomUUID } from 'node:crypto';
import type { SandboxAccount } from '../account.ts';
import { authorise, PermissionDenied } from '../authorise.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Clock } from '../clock.ts';
import type { Service } from '../operation.ts';
import { awsJson } from '../protocol/aws-json.ts';
import { awsQuery } from '../protocol/aws-query.ts';
import type { Protocol, WireRequest, WireResponse } from '../protocol/protocol.ts';
import type { Attempt } from '../services/cloudtrail/attempt.ts';
import { recordCall } from '../services/cloudtrail/record-call.ts';
import { readClaim, verifySignature } from './signature.ts';
import { SignatureFault } from './signature-fault.ts';

/** What happened to one request, for logs and tests. Holds no secret and no body. */
export interface CallRecord {
  readonly at: Date;
  readonly requestId: string;
  /** `kms:DescribeKey`; the operation is `?` when the request named none. */
  readonly call: string;
  /** ARN of the caller, where the signature held. */
  readonly principal?: string;
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface GatewayOptions {
  /** Finds a service by its name in credential scopes. */
  readonly serviceOf: (name: string) => Service | undefined | Promise<Service>;
  readonly clock: Clock;
  /** Finds the account that an access key belongs to. */
  readonly accountOf: (accessKeyId: string) => SandboxAccount | undefined;
  readonly onCall?: (record: CallRecord) => void;
}

export type Gateway = (request: WireRequest, sourceIp: string) => Promise<WireResponse>;

export function createGateway(options: GatewayOptions): Gateway {
  const fallbacks = {
    json: awsJson({ version: '1.1' }),
    query: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
  };

  return async (request, sourceIp) => {
    const requestId = randomUUID();
    // Until the service is known, an error is written in the protocol that the request seems to speak.
    let protocol: Protocol = request.headers['x-amz-target'] ? fallbacks.json : fallbacks.query;
    let call = '?:?';
    let principal: string | undefined;
    const record = (response: WireResponse, error?: AwsError): WireResponse => {
      options.onCall?.({
        at: options.clock.now(),
        requestId,
        call,
        principal,
        status: response.status,
        ...(error && { error: { code: error.code, message: error.message } }),
      });
      return response;
    };

    try {
      const claim = readClaim(request);
      const service = await options.serviceOf(claim.service);
      if (!service) {
        call = `${claim.service}:${protocol.operationName(request) ?? '?'}`;
        throw protocol.unknownOperation(claim.service, protocol.operationName(request));
      }
      protocol = service.protocol;
      const name = protocol.operationName(request);
      call = `${service.name}:${name ?? '?'}`;

      const account = options.accountOf(claim.accessKeyId);
      const credential = account?.credential(claim.accessKeyId);
      verifySignature(request, claim, credential, options.clock);
      if (!account || credential.closedServices?.includes(service.name))
        throw new SignatureFault('unknown-key', 'The security token included in the request is invalid.');
      principal =
        credential.principal.kind === 'service' ? credential.principal.service : credential.principal.arn;
      account.iam.recordUse(credential, service.name, claim.region);

      const operation =
        name !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
      if (!operation) throw protocol.unknownOperation(service.name, name);
      const context: Call = {
        account,
        credential,
        region: claim.region,
        requestId,
        clock: options.clock,
        userAgent: request.headers['user-agent'] ?? '',
        sourceIp,
      };
      const attempt: Attempt = { service: service.name, operation, call: context, authorised: false };
      const output = await operate(attempt, protocol, request);
      return record(protocol.serialise(operation.schema, operation.body ?? 'schema', output, requestId));
    } catch (thrown) {
      const error = toAwsError(thrown, protocol);
      return record(protocol.serialiseError(error, requestId), error);
    }
  };
}

/** Carries the call out, and adds it to the event history of the caller's account whether it succeeds or not. */
async function operate(attempt: Attempt, protocol: Protocol, request: WireRequest): Promise<unknown> {
  const { operation, call } = attempt;
  try {
    const parsed = await protocol.parse(operation.schema, operation.body ?? 'schema', request);
    attempt.input = operation.read ? operation.read(call, parsed as Record<string, unknown>) : parsed;
    attempt.permissions = operation.permissions(call, attempt.input);
    for (const permission of attempt.permissions) authorise(call, permission);
    attempt.authorised = true;
    attempt.output = await operation.run(call, attempt.input);
  } catch (thrown) {
    recordCall(attempt, toAwsError(thrown, protocol));
    throw thrown;
  }
  recordCall(attempt);
  return attempt.output;
}

function toAwsError(thrown: unknown, protocol: Protocol): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof PermissionDenied) return protocol.denied(thrown.message);
  if (thrown instanceof SignatureFault) return protocol.rejected(thrown);
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalFailure', `The sandbox failed on this request: ${why}`, 500);
}
