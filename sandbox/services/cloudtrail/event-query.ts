/** Reads what LookupEvents is asked for. AWS's texts were not found: those here are inferred, the codes are the model's. */
import { LookupAttributeKey, type LookupEventsRequest } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../aws-error.ts';
import type { Validated } from '../../protocol/validated.ts';
import type { AttributeValue } from './attribute-index.ts';
import { type EventQuery, keptMs } from './event-history.ts';

type Request = Validated<LookupEventsRequest>;

/** Both the default and the most (LookupEvents in the CloudTrail API reference). */
const maxResults = 50;
const maxValueLength = 2000;

/**
 * Everything but the page. Times count in whole seconds, like those of events; inferred for a start with a fraction,
 * which would otherwise miss what happened in its own second.
 *
 * @param now milliseconds since the epoch
 * @throws AwsError InvalidLookupAttributesException, InvalidTimeRangeException, InvalidMaxResultsException
 */
export function readQuery(input: Request, now: number): Omit<EventQuery, 'before'> {
  const { StartTime, EndTime, MaxResults = maxResults } = input;
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > maxResults) {
    throw new AwsError('InvalidMaxResultsException', `MaxResults must be between 1 and ${maxResults}.`);
  }
  const from = StartTime ? wholeSeconds(StartTime) : 0;
  const to = EndTime ? EndTime.getTime() : Number.POSITIVE_INFINITY;
  if (from > to) throw invalidTimeRange('The start time is after the end time.');
  if (to < now - keptMs) throw invalidTimeRange('The time range ends more than 90 days ago.');
  return { attribute: readAttribute(input), from, to, limit: MaxResults };
}

function readAttribute({ LookupAttributes: attributes = [] }: Request): AttributeValue | undefined {
  const [attribute] = attributes;
  if (!attribute) return undefined;
  if (attributes.length > 1) throw invalidAttributes('Only one lookup attribute can be given.');
  const { AttributeKey: key, AttributeValue: value } = attribute;
  if (!Object.values(LookupAttributeKey).includes(key)) {
    throw invalidAttributes(`${key} is not a lookup attribute.`);
  }
  if (value === '' || countedLength(value) > maxValueLength) {
    throw invalidAttributes(`The value of a lookup attribute has 1 to ${maxValueLength} characters.`);
  }
  return { key, value };
}

/** Some characters count twice (description of AttributeValue in the SDK's model). */
function countedLength(value: string): number {
  return value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
}

function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}

function invalidAttributes(message: string): AwsError {
  return new AwsError('InvalidLookupAttributesException', message);
}

function invalidTimeRange(message: string): AwsError {
  return new AwsError('InvalidTimeRangeException', message);
}
