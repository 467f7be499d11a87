/** The token of LookupEvents: where the next page begins, and which look-up it belongs to. */
import { createHash } from 'node:crypto';
import type { LookupEventsRequest } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { readToken, writeToken } from '../../protocol/opaque-token.ts';

/** @param last number of the last event that was sent */
export function writeNextToken(call: Call, input: LookupEventsRequest, last: number): string {
  return writeToken([last, digest(call, input)]);
}

/**
 * Where the page begins: only events with smaller numbers are on it.
 *
 * @throws AwsError InvalidNextTokenException for a token that no answer gave, or that one gave to other parameters
 */
export function readNextToken(call: Call, input: LookupEventsRequest): number {
  const { NextToken } = input;
  if (NextToken === undefined) return Number.POSITIVE_INFINITY;
  const content = readToken(NextToken);
  if (Array.isArray(content) && Number.isInteger(content[0]) && content[1] === digest(call, input)) {
    return content[0];
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
