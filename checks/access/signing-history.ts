/**
 * What CloudTrail has recorded of a user who verified with a key, or was refused to sign: both are management events, which the
 * event history always holds ("Viewing CloudTrail events", CloudTrail user guide).
 */
import type { Account } from '../account.ts';
import { type EventRecord, readRecord } from '../event-record.ts';
import { readDenial } from './denial.ts';

/** The calls that {@link readSigningUses} makes. */
export const signingHistoryCalls = ['cloudtrail:LookupEvents'] as const;

/** One time that the user called Sign or Verify with the key. */
export interface SigningUse {
  readonly operation: 'Sign' | 'Verify';
  /** ISO 8601. */
  readonly at: string;
  /** Why it was refused, in AWS's words; absent where it was allowed. */
  readonly refused?: string;
}

export interface Signer {
  readonly userName: string;
  readonly userArn: string;
  /** `AIDA...`: a user made anew under the same name is somebody else. */
  readonly userId: string;
  readonly keyArn: string;
}

/** Of 50 events each. A user of a lab has far fewer; what lies further back is not known. */
const mostPages = 10;

/** Newest first. That something is missing means nothing: events come after minutes. @throws CallError */
export async function readSigningUses(
  account: Account<(typeof signingHistoryCalls)[number]>,
  signer: Signer,
): Promise<SigningUse[]> {
  const uses: SigningUse[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.call('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: signer.userName }],
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    const texts = (answer.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent);
    uses.push(...texts.flatMap((text) => useIn(readRecord(text), signer) ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return uses.sort((a, b) => b.at.localeCompare(a.at));
}

function useIn(record: EventRecord | undefined, signer: Signer): SigningUse | undefined {
  const { eventName: operation, eventTime: at, errorCode } = record ?? {};
  if (operation !== 'Sign' && operation !== 'Verify') return undefined;
  const isTheirs =
    record?.eventSource === 'kms.amazonaws.com' &&
    record.userIdentity?.arn === signer.userArn &&
    record.userIdentity.principalId === signer.userId;
  if (!record || !isTheirs || at === undefined) return undefined;
  // A dry run that ends so would have signed.
  if (errorCode === undefined || errorCode === 'DryRunOperationException') {
    return record.resources?.some(({ ARN }) => ARN === signer.keyArn) ? { operation, at } : undefined;
  }
  const refused = refusalIn(record, operation, signer);
  return refused === undefined ? undefined : { operation, at, refused };
}

/** As for other refusals of KMS: the code is `AccessDenied` there, and only the message names the key. */
function refusalIn(
  { errorCode, errorMessage = '' }: EventRecord,
  operation: SigningUse['operation'],
  { userArn, keyArn }: Signer,
): string | undefined {
  if (errorCode !== 'AccessDenied' && errorCode !== 'AccessDeniedException') return undefined;
  const denial = readDenial(errorMessage);
  const isExpected =
    denial?.action === `kms:${operation}` && denial.principal === userArn && denial.resource === keyArn;
  return isExpected ? (denial.reason ?? 'no reason given') : undefined;
}
