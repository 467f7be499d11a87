/** How a service's requests and answers look on the wire. */
import type { StaticOperationSchema } from '@smithy/types';
import type { AwsError } from '../aws-error.ts';
import type { SignatureFault } from '../gateway/signature-fault.ts';

export interface WireRequest {
  readonly method: string;
  /** Path and query string as they came. */
  readonly url: string;
  /** Lower-case names; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Protocol {
  /** The operation that the request names, or undefined when it names none. */
  operationName(request: WireRequest): string | undefined;
  /** @throws AwsError when the body cannot be read or breaks the schema. */
  parse(
    schema: StaticOperationSchema,
    body: 'schema' | 'json',
    request: WireRequest,
  ): unknown | Promise<unknown>;
  serialise(
    schema: StaticOperationSchema,
    body: 'schema' | 'json',
    output: unknown,
    requestId: string,
  ): WireResponse;
  serialiseError(error: AwsError, requestId: string): WireResponse;
  /** The error that this protocol's services give when a caller may not do something. */
  denied(message: string): AwsError;
  /** The error that this protocol's services give for a signature that does not hold. */
  rejected(fault: SignatureFault): AwsError;
  /** The error for a request that a signature brings to this service and that is not addressed to it. */
  misaddressed(request: WireRequest): AwsError;
  /** The error for an operation that is not there. */
  unknownOperation(service: string, operation: string | undefined): AwsError;
}
