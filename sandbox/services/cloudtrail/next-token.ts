/** The token of LookupEvents: where the next page begins, and which look-up it belongs to. */
import { createHash } from 'node:crypto';
import type { LookupEventsRequest } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';

/** @param last number of the last event that was sent */
export function writeNextToken(call: Call, input: LookupEventsRequest, last: number): string {
  return Buffer.from(JSON.stringify([last, digest(call, input)])).toString('base64');
}

/**
 * Where the page begins: only events with smaller numbers are on it.
 *
 * @throws AwsError InvalidNextTokenException for a token that no answer gave, or that one gave to other parameters
 */
export function readNextToken(call: Call, input: LookupEventsRequest): number {
  const { NextToken } = input;
  if (NextToken === undefined) return Number.POSITIVE_INFINITY;
  try {
    const content: unknown = JSON.parse(Buffer.from(NextToken, 'base64').toString('utf8'));
    if (Array.isArray(content) && Number.isInteger(content[0]) && content[1] === digest(call, input)) {
      return content[0];
    }
  } catch {
    // Not a token of ours, like one with other members.
  }
  // Inferred: text.
  throw new AwsError('InvalidNextTokenException', 'The token is not valid for this request.');
}

/** The look-up without its page: the size of a page may change on the way. */
function digest(call: Call, input: LookupEventsRequest): string {
  const { LookupAttributes: attributes = [], StartTime, EndTime, EventCategory } = input;
  const lookUp = [
    call.account.id,
    call.region,
    attributes.map((attribute) => [attribute.AttributeKey, attribute.AttributeValue]),
    StartTime?.getTime(),
    EndTime?.getTime(),
    EventCategory,
  ];
  return createHash('sha256').update(JSON.stringify(lookUp)).digest('base64');
}
