/** What CloudTrail has recorded of a user assuming a role: a management event ("Logging IAM and AWS STS API calls"). */
import type { Account } from '../account.ts';
import type { RoleTrust } from './role-trust.ts';

/** The calls that {@link readAssumption} makes. */
export const roleHistoryCalls = ['cloudtrail:LookupEvents'] as const;

interface Assumption {
  readonly eventId: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Of 50 events each. */
const mostPages = 10;

/**
 * The newest record that the user assumed the role with the external id. Records of refused requests hold no parameters, so
 * that they do not say what was lacking; they are passed over. Events come after minutes, and are kept for 90 days.
 *
 * @throws CallError
 */
export async function readAssumption(
  account: Account<(typeof roleHistoryCalls)[number]>,
  { actor, roleArn }: RoleTrust,
  externalId: string,
): Promise<Assumption | undefined> {
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.call('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'AssumeRole' }],
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    for (const { CloudTrailEvent } of answer.Events ?? []) {
      const { eventID, eventTime, errorCode, userIdentity, requestParameters } = readRecord(CloudTrailEvent);
      const isIt =
        errorCode === undefined &&
        userIdentity?.arn === actor.principal.arn &&
        userIdentity.principalId === actor.principal.userId &&
        requestParameters?.roleArn === roleArn &&
        requestParameters.externalId === externalId;
      if (isIt && eventID !== undefined && eventTime !== undefined)
        return { eventId: eventID, at: eventTime };
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return undefined;
}

/** The part of a record that matters here: "CloudTrail record contents", "AWS STS events" of the IAM user guide. */
interface EventRecord {
  readonly eventID?: string;
  readonly eventTime?: string;
  readonly errorCode?: string;
  readonly userIdentity?: { readonly arn?: string; readonly principalId?: string };
  readonly requestParameters?: { readonly roleArn?: string; readonly externalId?: string } | null;
}

function readRecord(text: string | undefined): EventRecord {
  try {
    const record: unknown = JSON.parse(text ?? '');
    return typeof record === 'object' && record !== null ? record : {};
  } catch {
    return {};
  }
}
