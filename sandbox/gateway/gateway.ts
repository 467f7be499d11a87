/**
 * The way of every request: route by credential scope, verify the signature, parse, authorise, operate, serialise.
 * Nothing here knows HTTP's sockets; `server.ts` does.
 */
import { randomUUID } from 'node:crypto';
import {
  type DeniedPermission,
  deniedPermission,
  PermissionDenied,
} from '../authorisation/permission-denied.ts';
import type { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { ForwardedUse } from '../forwarded-use.ts';
import type { WireRequest, WireResponse } from '../protocol/protocol.ts';
import type { Attempt } from '../services/cloudtrail/attempt.ts';
import type { Clock } from '../timing/clock.ts';
import { type AccountFinder, authenticate } from './authenticate.ts';
import { checkBodyLength } from './body-length.ts';
import { operate } from './operate.ts';
import type { Progress } from './progress.ts';
import { findOperation, findRoute, type ServiceFinder, seemingProtocol } from './route.ts';
import { toAwsError } from './to-aws-error.ts';

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
  readonly serviceOf: ServiceFinder;
  readonly clock: Clock;
  readonly accountOf: AccountFinder;
  readonly onCall?: (record: CallRecord) => void;
  /** Carries a call out, and has what it changed kept before it is answered. */
  readonly keep?: ((attempt: Attempt, carryOut: () => Promise<unknown>) => Promise<unknown>) | undefined;
}

/** Answers a request, whatever it is. @param sourceIp of the client */
export type Gateway = (request: WireRequest, sourceIp: string) => Promise<WireResponse>;

export function createGateway(options: GatewayOptions): Gateway {
  return async (request, sourceIp) => {
    const requestId = randomUUID();
    const progress: Progress = { protocol: seemingProtocol(request), call: '?:?' };
    const recorded = (response: WireResponse, error?: AwsError, thrown?: unknown): WireResponse => {
      options.onCall?.({
        at: options.clock.now(),
        requestId,
        call: progress.call,
        ...progress.caller,
        status: response.status,
        ...(error && { error: { code: error.code, message: error.message } }),
        ...(thrown instanceof PermissionDenied && { denial: deniedPermission(thrown) }),
      });
      return response;
    };
    try {
      return recorded(await answer(request, { requestId, sourceIp }, progress, options));
    } catch (thrown) {
      const error = toAwsError(thrown, progress.protocol);
      return recorded(progress.protocol.serialiseError(error, requestId), error, thrown);
    }
  };
}

/** @throws whatever ends the request: AwsError, SignatureFault, PermissionDenied, or what an operation failed on */
async function answer(
  request: WireRequest,
  { requestId, sourceIp }: Pick<Call, 'requestId' | 'sourceIp'>,
  progress: Progress,
  options: GatewayOptions,
): Promise<WireResponse> {
  // Before anything reads the body, and for everybody: what is hostile need not be signed.
  checkBodyLength(request);
  const route = await findRoute(request, options.serviceOf, progress);
  const { account, credential } = authenticate(request, route, options);
  const { principal } = credential;
  const { region } = route.claim;
  const forwarded: ForwardedUse[] = [];
  progress.caller = {
    region,
    account: account.id,
    principal: principal.kind === 'service' ? principal.service : principal.arn,
    forwarded,
  };
  const operation = findOperation(request, route);
  const { name: service, protocol } = route.service;
  const call: Call = {
    account,
    credential,
    region,
    requestId,
    clock: options.clock,
    userAgent: request.headers['user-agent'] ?? '',
    sourceIp,
    forwarded,
  };
  const attempt: Attempt = { service, operation, call, authorised: false };
  const carryOut = () => operate(attempt, protocol, request);
  const output = await (options.keep ? options.keep(attempt, carryOut) : carryOut());
  return protocol.serialise(operation.schema, operation.body ?? 'schema', output, requestId);
}
