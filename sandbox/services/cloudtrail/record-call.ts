/** Puts the calls that the gateway answers into the event history. */
import type { AwsError } from '../../aws-error.ts';
import type { Attempt } from './attempt.ts';
import { historyEvent } from './event.ts';
import { isManagementCall, isReadOnly } from './management-calls.ts';
import { requestParameters } from './request-parameters.ts';
import { namedResources, recordedResources } from './resources.ts';
import { responseElements } from './response-elements.ts';

/** IAM's events are in this Region's history (page "Logging IAM and AWS STS API calls with AWS CloudTrail"). */
const regionOfIam = 'us-east-1';

/** Observed in AWS's records of DynamoDB's control plane. */
const dynamoDbVersion = '2012-08-10';

/**
 * Adds the event of one call. Data events are left out: the history holds management events only. STS's events are
 * in the Region that was called.
 *
 * @param error what the call was refused with; absent where it succeeded
 */
export function recordCall(attempt: Attempt, error?: AwsError): void {
  const { service, operation, call } = attempt;
  const name = operation.schema[2];
  if (!isManagementCall(service, name)) return;
  // DynamoDB refuses a call that it allowed where KMS denies it the key. Inferred: such a call keeps its parameters.
  const denied = error !== undefined && isDenial(error) && !(service === 'dynamodb' && attempt.authorised);
  const readOnly = isReadOnly(service, name);
  // The parameters of a denied call are null in the records of AWS that were found.
  const parameters = denied || attempt.input === undefined ? null : requestParameters(attempt);
  const resources = denied ? [] : recordedResources(attempt);
  const response = error ? null : responseElements(attempt, readOnly, resources);
  const region = service === 'iam' ? regionOfIam : call.region;
  const event = historyEvent(call, {
    source: `${service}.amazonaws.com`,
    name,
    region,
    requestId: call.requestId,
    readOnly,
    requestParameters: parameters,
    responseElements: response,
    keyMaterialId: keyMaterialId(attempt.output),
    error: error && {
      code: errorCode(service, error),
      // A request that could not be read, or that the sandbox failed on, may be quoted by the message.
      ...(attempt.input !== undefined && error.code !== 'InternalFailure' && { message: error.message }),
    },
    apiVersion: service === 'dynamodb' && !denied ? dynamoDbVersion : undefined,
    resources,
    otherNames: namedResources(service, parameters, response),
  });
  call.account.eventHistory(region).add(event);
}

/** Whatever the service calls it, a denial is `AccessDenied` in a record (observed on AWS for KMS and DynamoDB). */
function errorCode(service: string, error: AwsError): string {
  if (isDenial(error)) return 'AccessDenied';
  // IAM's codes have a suffix in records that they lack on the wire: `NoSuchEntityException` (observed on AWS).
  // Inferred for ValidationError: as on the wire.
  const suffixed = service !== 'iam' || error.code === 'ValidationError' || error.code.endsWith('Exception');
  return suffixed ? error.code : `${error.code}Exception`;
}

function isDenial({ code }: AwsError): boolean {
  return code === 'AccessDenied' || code === 'AccessDeniedException';
}

/** KMS developer guide, example of Decrypt. */
function keyMaterialId(output: unknown): string | undefined {
  if (typeof output !== 'object' || output === null || !('KeyMaterialId' in output)) return undefined;
  return String(output.KeyMaterialId);
}
