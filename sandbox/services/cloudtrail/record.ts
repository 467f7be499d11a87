import type { HistoryEvent } from './event.ts';
import { isoSeconds, userIdentity } from './user-identity.ts';

/**
 * The record of an event as JSON text: `CloudTrailEvent` in the answers of LookupEvents. Members and their order
 * follow the page "CloudTrail record contents" and the KMS developer guide's examples. The sandbox does not speak
 * TLS, so there are no `tlsDetails`.
 */
export function recordText(event: HistoryEvent): string {
  const { error, keyMaterialId } = event;
  const resources = event.resources.map(({ type, name: ARN }) => ({ accountId: accountOf(ARN), type, ARN }));
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: userIdentity(event.caller, event.invokedBy),
    eventTime: isoSeconds(new Date(event.time)),
    eventSource: event.source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: event.sourceIp,
    userAgent: event.userAgent,
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: JSON.parse(event.requestParameters),
    responseElements: JSON.parse(event.responseElements),
    additionalEventData: keyMaterialId === undefined ? undefined : { keyMaterialId },
    requestID: event.requestId,
    eventID: event.id,
    readOnly: event.readOnly,
    resources: resources.length > 0 || listsNoResources(event) ? resources : undefined,
    eventType: 'AwsApiCall',
    apiVersion: event.apiVersion,
    managementEvent: true,
    recipientAccountId: event.recipientAccountId,
    eventCategory: 'Management',
  });
}

/** KMS's records say so where a call is about no key (KMS developer guide, example of ListAliases). */
function listsNoResources({ source, error }: HistoryEvent): boolean {
  return source === 'kms.amazonaws.com' && error === undefined;
}

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4];
}
