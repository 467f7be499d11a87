/** Puts the calls that a service makes to KMS into the event history, most of them for a caller. */
import { randomUUID } from 'node:crypto';
import {
  type DeniedPermission,
  deniedPermission,
  PermissionDenied,
} from '../../authorisation/permission-denied.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { historyEvent, type JsonObject, type NewEvent } from './event.ts';
import { isReadOnly } from './management-calls.ts';

export interface ForwardedCall {
  /** `dynamodb.amazonaws.com` */
  readonly invokedBy: string;
  /** Of KMS: `Decrypt`. */
  readonly operation: string;
  readonly keyArn: string;
  /** As the record shows them, where the call is not denied. */
  readonly requestParameters: JsonObject;
  /** Whether the service calls for itself, with no caller's identity. Default false. */
  readonly asService?: boolean;
}

/**
 * Adds the event of a call that KMS carried out. Its record follows the page "DynamoDB encryption at rest: Usage notes".
 *
 * @param responseElements of a call that changed something
 */
export function recordForwardedCall(
  call: Call,
  forwarded: ForwardedCall,
  responseElements: JsonObject | null = null,
): void {
  const { keyArn, requestParameters } = forwarded;
  const resources = [{ type: 'AWS::KMS::Key', name: keyArn }];
  record(call, forwarded, { requestParameters, responseElements, resources });
}

/**
 * Asks KMS, and adds the event of the call if it is refused.
 *
 * Inferred for a denied call: as the records of a Decrypt that was denied to the callers of Apache Airflow and AWS
 * Config, whose `requestParameters` are null.
 *
 * @throws what `ask` throws
 */
export function recordRefusal<Answer>(call: Call, forwarded: ForwardedCall, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (refusal) {
    const denied = refusal instanceof PermissionDenied;
    const { keyArn, requestParameters } = forwarded;
    record(call, forwarded, {
      requestParameters: denied ? null : requestParameters,
      responseElements: null,
      resources: denied ? [] : [{ type: 'AWS::KMS::Key', name: keyArn }],
      error: describe(refusal),
      ...(denied && { denial: deniedPermission(refusal) }),
    });
    throw refusal;
  }
}

interface Outcome extends Pick<NewEvent, 'requestParameters' | 'responseElements' | 'resources' | 'error'> {
  readonly denial?: DeniedPermission;
}

function record(
  call: Call,
  { invokedBy, operation, keyArn, asService }: ForwardedCall,
  { denial, ...outcome }: Outcome,
): void {
  call.forwarded.push({
    call: `kms:${operation}`,
    invokedBy,
    keyArn,
    asService: asService === true,
    ...(outcome.error && { error: { message: '', ...outcome.error } }),
    ...(denial && { denial }),
  });
  const event = historyEvent(call, {
    ...outcome,
    source: 'kms.amazonaws.com',
    name: operation,
    region: call.region,
    requestId: randomUUID(),
    readOnly: isReadOnly('kms', operation),
    otherNames: [],
    invokedBy,
    ...(asService && { caller: { principal: { kind: 'service', service: invokedBy } } }),
  });
  call.account.eventHistory(call.region).add(event);
}

function describe(refusal: unknown): { code: string; message: string } {
  if (refusal instanceof PermissionDenied) return { code: 'AccessDenied', message: refusal.message };
  if (refusal instanceof AwsError) return { code: refusal.code, message: refusal.message };
  return { code: 'InternalFailure', message: '' };
}
