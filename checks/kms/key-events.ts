/**
 * What CloudTrail has recorded of changes of a key. They are management events, which the event history always holds for 90
 * days ("Viewing CloudTrail events", CloudTrail user guide).
 */
import type { Account } from '../account.ts';
import { readRecord } from '../event-record.ts';

/** The calls that {@link readKeyEvents} makes. */
export const keyEventCalls = ['cloudtrail:LookupEvents'] as const;

/** One time that a key was changed. */
export interface KeyEvent {
  readonly eventId: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Of 50 events each. Changes of keys are rare; what lies further back is not known. */
const mostPages = 10;

/**
 * Every time that an operation of KMS succeeded on that very key, newest first. That none is there means nothing: events come
 * after minutes ("an average of about 5 minutes", same user guide), and not always in their order.
 *
 * @param operation `CancelKeyDeletion`, for instance: one that seldom happens, since all keys of the account are looked through
 * @throws CallError
 */
export async function readKeyEvents(
  account: Account<(typeof keyEventCalls)[number]>,
  operation: string,
  keyArn: string,
): Promise<KeyEvent[]> {
  const events: KeyEvent[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.call('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: operation }],
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    const texts = (answer.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent);
    events.push(...texts.flatMap((text) => keyEvent(text, operation, keyArn) ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return events.sort((a, b) => b.at.localeCompare(a.at));
}

function keyEvent(text: string | undefined, operation: string, keyArn: string): KeyEvent | undefined {
  const record = readRecord(text);
  const { eventID, eventTime } = record ?? {};
  const isOfKey =
    record?.eventSource === 'kms.amazonaws.com' &&
    record.eventName === operation &&
    record.errorCode === undefined &&
    // Records of KMS list the key that was changed by its ARN (examples of the KMS developer guide, "Log entries").
    record.resources?.some(({ ARN }) => ARN === keyArn);
  return isOfKey && eventID !== undefined && eventTime !== undefined
    ? { eventId: eventID, at: eventTime }
    : undefined;
}
