/** Which operation of which service a request is for. */
import { AwsError } from '../aws-error.ts';
import type { AnyOperation, Service } from '../operation.ts';
import { awsJson } from '../protocol/aws-json.ts';
import { awsQuery } from '../protocol/aws-query.ts';
import type { Protocol, WireRequest } from '../protocol/protocol.ts';
import { addressedService } from './addressed-service.ts';
import type { Progress } from './progress.ts';
import { readClaim, type SignatureClaim } from './signature-claim.ts';

export interface Route {
  readonly service: Service;
  /** Not verified yet. */
  readonly claim: SignatureClaim;
  /** Whether the request itself names the service, not its signature alone. */
  readonly isAddressed: boolean;
  /** As the request names it, whether the service has it or not. */
  readonly operationName: string | undefined;
}

/** Finds a service by its name in credential scopes. */
export type ServiceFinder = (name: string) => Service | undefined | Promise<Service>;

/**
 * Clients do not sign these, for whoever calls them has no credentials yet (STS API reference). The sandbox has none
 * of them; it refuses them by their name rather than for the missing signature.
 */
const unsignedOperations: ReadonlySet<string> = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

const json = awsJson({ version: '1.1' });
const query = awsQuery('https://iam.amazonaws.com/doc/2010-05-08/');

/** The protocol that a request seems to speak, by its headers alone. */
export function seemingProtocol(request: WireRequest): Protocol {
  return request.headers['x-amz-target'] ? json : query;
}

/**
 * Finds the service: by what the request names, or else by the credential scope of its signature.
 *
 * @param progress is told of the protocol and the call as far as they are known
 * @throws SignatureFault without a readable claim; AwsError for a service that the sandbox does not have
 */
export async function findRoute(
  request: WireRequest,
  serviceOf: ServiceFinder,
  progress: Progress,
): Promise<Route> {
  const addressed = await serviceOf(addressedService(request) ?? '');
  if (addressed) progress.protocol = addressed.protocol;
  refuseUnsigned(request, progress);
  const claim = readClaim(request);
  const service = addressed ?? (await serviceOf(claim.service));
  if (service) progress.protocol = service.protocol;
  const { protocol } = progress;
  const operationName = protocol.operationName(request);
  progress.call = `${service?.name ?? claim.service}:${operationName ?? '?'}`;
  if (!service) throw unknownService(protocol, claim.service, operationName);
  return { service, claim, isAddressed: addressed !== undefined, operationName };
}

/** @throws AwsError for an operation that the service does not have, or that is not addressed to it */
export function findOperation(
  request: WireRequest,
  { service, isAddressed, operationName }: Route,
): AnyOperation {
  const { name, protocol, operations } = service;
  if (!isAddressed) throw protocol.misaddressed(request);
  const operation =
    operationName !== undefined && Object.hasOwn(operations, operationName)
      ? operations[operationName]
      : undefined;
  if (!operation) throw protocol.unknownOperation(name, operationName);
  return operation;
}

function refuseUnsigned(request: WireRequest, progress: Progress): void {
  if (request.headers.authorization !== undefined) return;
  const name = progress.protocol.operationName(request);
  if (name === undefined || !unsignedOperations.has(name)) return;
  progress.call = `sts:${name}`;
  throw progress.protocol.unknownOperation('sts', name);
}

/** REST services (`aws s3 ls`) do not name their operations where others do; the service at least has a name. */
function unknownService(protocol: Protocol, service: string, operation: string | undefined): AwsError {
  const error = protocol.unknownOperation(service, operation);
  if (operation !== undefined) return error;
  return new AwsError(error.code, `The sandbox does not have the service ${service}.`, error.status);
}
