/**
 * What CloudTrail has recorded of a user's access to a key through DynamoDB: DynamoDB asks KMS for `Decrypt` as the
 * user, and "You cannot exclude AWS KMS ... events from event history" (page "Viewing CloudTrail events" of the
 * CloudTrail user guide). Reads of items are data events and not there.
 */
import type { Account } from '../account.ts';
import { type EventRecord, readRecord } from '../event-record.ts';
import { readDenial } from './denial.ts';

/** The calls that {@link readKeyUses} makes. */
export const keyHistoryCalls = ['cloudtrail:LookupEvents'] as const;

/** One time that DynamoDB asked for the key as the user. */
export interface KeyUse {
  readonly eventId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly requestId?: string;
  /** Why it was refused, in AWS's words; absent where it was allowed. */
  readonly refused?: string;
}

export interface KeyUser {
  readonly userName: string;
  readonly userArn: string;
  /** `AIDA...`: a user made anew under the same name is somebody else. */
  readonly userId: string;
  readonly keyArn: string;
  readonly table: string;
}

/** Of 50 events each. A user of a lab has far fewer; what lies further back is not known. */
const mostPages = 10;

/**
 * Newest first. That something is missing means nothing: events come after minutes ("an average of about 5 minutes",
 * same user guide), and are kept for 90 days.
 *
 * @throws CallError
 */
export async function readKeyUses(
  account: Account<(typeof keyHistoryCalls)[number]>,
  user: KeyUser,
): Promise<KeyUse[]> {
  const uses: KeyUse[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.call('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: user.userName }],
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    uses.push(...(answer.Events ?? []).flatMap(({ CloudTrailEvent }) => keyUse(CloudTrailEvent, user) ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  // Times are whole seconds; of the same second, CloudTrail gives the newest first.
  return uses.sort((a, b) => b.at.localeCompare(a.at));
}

function keyUse(text: string | undefined, user: KeyUser): KeyUse | undefined {
  const record = readRecord(text);
  const { eventID, eventTime, requestID, userIdentity } = record ?? {};
  const isTheirs =
    record?.eventSource === 'kms.amazonaws.com' &&
    record.eventName === 'Decrypt' &&
    userIdentity?.arn === user.userArn &&
    userIdentity.principalId === user.userId &&
    userIdentity.invokedBy === 'dynamodb.amazonaws.com';
  if (!record || !isTheirs || eventID === undefined || eventTime === undefined) return undefined;
  const use = { eventId: eventID, at: eventTime, ...(requestID !== undefined && { requestId: requestID }) };
  if (record.errorCode === undefined) return isOnKey(record, user) ? use : undefined;
  const refused = refusalIn(record, user);
  return refused === undefined ? undefined : { ...use, refused };
}

function isOnKey({ resources = [], requestParameters }: EventRecord, { keyArn, table }: KeyUser): boolean {
  const tableName = requestParameters?.encryptionContext?.['aws:dynamodb:tableName'];
  return resources.some(({ ARN }) => ARN === keyArn) && tableName === table;
}

/**
 * Records of refused calls hold no parameters and may not list the key (observed on AWS for calls that other services
 * made for a caller), so the message has to name it. The code is `AccessDenied` there, not `AccessDeniedException`.
 */
function refusalIn({ errorCode, errorMessage = '' }: EventRecord, user: KeyUser): string | undefined {
  if (errorCode !== 'AccessDenied' && errorCode !== 'AccessDeniedException') return undefined;
  const denial = readDenial(errorMessage);
  const isExpected =
    denial?.action === 'kms:Decrypt' && denial.principal === user.userArn && denial.resource === user.keyArn;
  return isExpected ? (denial.reason ?? 'no reason given') : undefined;
}
