/** What CloudTrail's event history holds of the requests of some principal. */
import type { Caller } from '../../accounts/caller.ts';

/** A recorded request, as far as it is compared: "CloudTrail record contents", CloudTrail user guide. */
export interface RecordedRequest {
  readonly requestId: string;
  /** `kms:DescribeKey` */
  readonly call: string;
  /** ARN; absent for callers without one. */
  readonly principal?: string;
  readonly account?: string;
  /** Milliseconds since the epoch, whole seconds. */
  readonly at: number;
}

export interface RequestQuery {
  /** As the event history names the principal: {@link userNameOf}. */
  readonly userName: string;
  /** Milliseconds since the epoch, both included. */
  readonly from: number;
  readonly to: number;
}

export interface RecordedRequests {
  readonly byId: ReadonlyMap<string, RecordedRequest>;
  /** False where there were more events than are read. */
  readonly complete: boolean;
}

/** Of 50 events each; at two a second, half a minute. */
const mostPages = 60;

/** @throws CallError */
export async function recordedRequests(
  caller: Caller,
  { userName, from, to }: RequestQuery,
): Promise<RecordedRequests> {
  const byId = new Map<string, RecordedRequest>();
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { output } = await caller.send('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: userName }],
      StartTime: new Date(from),
      EndTime: new Date(to),
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    });
    const { Events = [], NextToken: next } = output as {
      Events?: { CloudTrailEvent?: string }[];
      NextToken?: string;
    };
    for (const { CloudTrailEvent } of Events) {
      const request = readRecord(CloudTrailEvent);
      if (request) byId.set(request.requestId, request);
    }
    NextToken = next;
    if (NextToken === undefined) return { byId, complete: true };
  }
  return { byId, complete: false };
}

/** A user's name, a role session's, or `root` ("LookupAttribute", CloudTrail API reference: Username). */
export function userNameOf(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
}

function readRecord(text: string | undefined): RecordedRequest | undefined {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(text ?? '') as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { requestID, eventSource, eventName, eventTime, recipientAccountId } = record;
  if (typeof requestID !== 'string' || typeof eventSource !== 'string') return undefined;
  const { arn } = (record.userIdentity ?? {}) as { arn?: unknown };
  return {
    requestId: requestID,
    call: `${eventSource.split('.')[0]}:${String(eventName)}`,
    ...(typeof arn === 'string' && { principal: arn }),
    ...(typeof recipientAccountId === 'string' && { account: recipientAccountId }),
    at: Date.parse(String(eventTime)),
  };
}
