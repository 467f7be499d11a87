/**
 * The way of every request: route by credential scope, verify the signature, parse, authorise, operate, serialise.
 * Nothing here knows HTTP's sockets; `server.ts` does.
 */
import { randomUUID } from 'node:crypto';
import type { SandboxAccount } from '../account.ts';
import { authorise, deniedPermission, PermissionDenied } from '../authorise.ts';
import { AwsError } from '../aws-error.ts';
import type { Call, DeniedPermission, ForwardedUse } from '../call.ts';
import type { Clock } from '../clock.ts';
import type { Service } from '../operation.ts';
import { awsJson } from '../protocol/aws-json.ts';
import { awsQuery } from '../protocol/aws-query.ts';
import type { Protocol, WireRequest, WireResponse } from '../protocol/protocol.ts';
import type { Attempt } from '../services/cloudtrail/attempt.ts';
import { recordCall } from '../services/cloudtrail/record-call.ts';
import { addressedService, longestBody } from './addressed-service.ts';
import { verifySignature } from './signature.ts';
import { readClaim } from './signature-claim.ts';
import { SignatureFault } from './signature-fault.ts';

/** What happened to one request, for logs and tests. Holds no secret and no body. */
export interface CallRecord {
  readonly at: Date;
  readonly requestId: string;
  /** `kms:DescribeKey`; the operation is `?` when the request named none. */
  readonly call: string;
  /** The Region that was called, where the signature held. */
  readonly region?: string;
  /** Id of the caller's account, where the signature held. */
  readonly account?: string;
  /** ARN of the caller, where the signature held. */
  readonly principal?: string;
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** What the caller lacked, where policies refused the call itself. */
  readonly denial?: DeniedPermission;
  /** What services asked of KMS on the way: DynamoDB's `kms:Decrypt` for the caller. */
  readonly forwarded?: readonly ForwardedUse[];
}

export interface GatewayOptions {
  /** Finds a service by its name in credential scopes. */
  readonly serviceOf: (name: string) => Service | undefined | Promise<Service>;
  readonly clock: Clock;
  /** Finds the account that an access key belongs to. */
  readonly accountOf: (accessKeyId: string) => SandboxAccount | undefined;
  readonly onCall?: (record: CallRecord) => void;
  /** Carries a call out, and has what it changed kept before it is answered. */
  readonly keep?: ((attempt: Attempt, carryOut: () => Promise<unknown>) => Promise<unknown>) | undefined;
}

/**
 * Clients do not sign these, for whoever calls them has no credentials yet (STS API reference). The sandbox has none
 * of them; it refuses them by their name rather than for the missing signature.
 */
const unsignedOperations: ReadonlySet<string> = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);
export type Gateway = (request: WireRequest, sourceIp: string) => Promise<WireResponse>;

export function createGateway(options: GatewayOptions): Gateway {
  const fallbacks = {
    json: awsJson({ version: '1.1' }),
    query: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
  };

  return async (request, sourceIp) => {
    const requestId = randomUUID();
    // Until a service is known, an error is written in the protocol that the request seems to speak.
    let protocol: Protocol = request.headers['x-amz-target'] ? fallbacks.json : fallbacks.query;
    let call = '?:?';
    let caller: Pick<CallRecord, 'region' | 'account' | 'principal' | 'forwarded'> = {};
    const record = (response: WireResponse, error?: AwsError, thrown?: unknown): WireResponse => {
      options.onCall?.({
        at: options.clock.now(),
        requestId,
        call,
        ...caller,
        status: response.status,
        ...(error && { error: { code: error.code, message: error.message } }),
        ...(thrown instanceof PermissionDenied && { denial: deniedPermission(thrown) }),
      });
      return response;
    };

    try {
      // Before anything reads the body, and for everybody: what is hostile need not be signed.
      if (request.body.length > longestBody(request)) throw tooLarge();
      const addressed = await options.serviceOf(addressedService(request) ?? '');
      if (addressed) protocol = addressed.protocol;
      const unsigned =
        request.headers.authorization === undefined ? protocol.operationName(request) : undefined;
      if (unsigned !== undefined && unsignedOperations.has(unsigned)) {
        call = `sts:${unsigned}`;
        throw protocol.unknownOperation('sts', unsigned);
      }
      const claim = readClaim(request);
      const service = addressed ?? (await options.serviceOf(claim.service));
      if (!service) {
        const name = protocol.operationName(request);
        call = `${claim.service}:${name ?? '?'}`;
        throw unknownService(protocol, claim.service, name);
      }
      protocol = service.protocol;
      const name = protocol.operationName(request);
      call = `${service.name}:${name ?? '?'}`;

      const account = options.accountOf(claim.accessKeyId);
      const credential = account?.credential(claim.accessKeyId);
      verifySignature(request, claim, credential, options.clock, addressed?.name);
      if (!account || credential.closedServices?.includes(service.name))
        throw new SignatureFault('unknown-key', 'The security token included in the request is invalid.');
      const forwarded: ForwardedUse[] = [];
      caller = {
        region: claim.region,
        account: account.id,
        principal:
          credential.principal.kind === 'service' ? credential.principal.service : credential.principal.arn,
        forwarded,
      };
      account.iam.recordUse(credential, service.name, claim.region);

      if (!addressed) throw protocol.misaddressed(request);
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
        forwarded,
      };
      const attempt: Attempt = { service: service.name, operation, call: context, authorised: false };
      const carryOut = () => operate(attempt, protocol, request);
      const output = await (options.keep ? options.keep(attempt, carryOut) : carryOut());
      return record(protocol.serialise(operation.schema, operation.body ?? 'schema', output, requestId));
    } catch (thrown) {
      const error = toAwsError(thrown, protocol);
      return record(protocol.serialiseError(error, requestId), error, thrown);
    }
  };
}

/** REST services (`aws s3 ls`) do not name their operations where others do; the service at least has a name. */
function unknownService(protocol: Protocol, service: string, operation: string | undefined): AwsError {
  const error = protocol.unknownOperation(service, operation);
  if (operation !== undefined) return error;
  return new AwsError(error.code, `The sandbox does not have the service ${service}.`, error.status);
}

/** Inferred: the code and the text; HTTP's own status for it. */
function tooLarge(): AwsError {
  return new AwsError('RequestEntityTooLargeException', 'The request body is too large.', 413);
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
