/**
 * What CloudTrail has recorded of calls that KMS refused because of what the key is. They are management events, which the
 * event history always holds for 90 days ("Viewing CloudTrail events", CloudTrail user guide).
 */
import type { Account } from '../account.ts';
import { type EventRecord, readRecord } from '../event-record.ts';

/** The calls that {@link readKeyRefusals} makes. */
export const keyRefusalCalls = ['cloudtrail:LookupEvents'] as const;

export interface KeyRefusal {
  readonly eventId: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface SoughtRefusal {
  /** `Encrypt` */
  readonly operation: string;
  /** `InvalidKeyUsageException` */
  readonly code: string;
  readonly key: { readonly arn: string; readonly id: string };
}

/** Of 50 events each. What lies further back is not known. */
const mostPages = 10;

/**
 * The refusals that name the key, newest first. That none is there means nothing: events come after minutes ("an average of
 * about 5 minutes", same user guide). One that does not say which key it was about is left out.
 *
 * @throws CallError
 */
export async function readKeyRefusals(
  account: Account<(typeof keyRefusalCalls)[number]>,
  sought: SoughtRefusal,
): Promise<KeyRefusal[]> {
  const refusals: KeyRefusal[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.call('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: sought.operation }],
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    const texts = (answer.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent);
    refusals.push(...texts.flatMap((text) => refusalIn(readRecord(text), sought) ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return refusals.sort((a, b) => b.at.localeCompare(a.at));
}

type NamingRecord = EventRecord & { readonly requestParameters?: { readonly keyId?: unknown } | null };

function refusalIn(record: NamingRecord | undefined, sought: SoughtRefusal): KeyRefusal | undefined {
  const { eventID, eventTime } = record ?? {};
  const isSought =
    record?.eventSource === 'kms.amazonaws.com' &&
    record.eventName === sought.operation &&
    record.errorCode === sought.code &&
    namesKey(record, sought.key);
  return isSought && eventID !== undefined && eventTime !== undefined
    ? { eventId: eventID, at: eventTime }
    : undefined;
}

/**
 * Inferred: which of the three a refused call's record has. Those of permitted calls list the key, requests name it as the
 * caller did, and the texts of InvalidKeyUsageException begin with its ARN. An alias in a request may lead elsewhere by now.
 */
function namesKey(
  { resources = [], requestParameters, errorMessage = '' }: NamingRecord,
  { arn, id }: SoughtRefusal['key'],
): boolean {
  const asked = requestParameters?.keyId;
  return (
    resources.some(({ ARN }) => ARN === arn) || asked === arn || asked === id || errorMessage.includes(arn)
  );
}
