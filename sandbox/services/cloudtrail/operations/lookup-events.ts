import {
  type Event,
  LookupEvents$,
  type LookupEventsRequest,
  type LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { HistoryEvent } from '../event.ts';
import { readQuery } from '../event-query.ts';
import { readNextToken, writeNextToken } from '../next-token.ts';
import { withoutResource } from '../permissions.ts';
import { recordText } from '../record.ts';

/** AWS allows two requests a second; the sandbox does not count them. */
export const lookupEvents: Operation<Validated<LookupEventsRequest>, LookupEventsResponse> = {
  schema: LookupEvents$,
  permissions: () => [withoutResource('cloudtrail:LookupEvents')],
  run(call, input) {
    const query = readQuery(input, call.clock.now().getTime());
    const before = readNextToken(call, input);
    if (input.EventCategory !== undefined) {
      // The model has no other value. Inferred: text.
      if (input.EventCategory !== 'insight') {
        throw new AwsError(
          'InvalidEventCategoryException',
          `${input.EventCategory} is not an event category.`,
        );
      }
      // Insights events come from trails that ask for them, and there are no trails.
      return { Events: [] };
    }
    const { events, last } = call.account.eventHistory(call.region).find({ ...query, before });
    return {
      Events: events.map(describeEvent),
      ...(last !== undefined && { NextToken: writeNextToken(call, input, last) }),
    };
  },
};

function describeEvent(event: HistoryEvent): Event {
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: String(event.readOnly),
    ...(event.accessKeyId !== undefined && { AccessKeyId: event.accessKeyId }),
    EventTime: new Date(event.time),
    EventSource: event.source,
    ...(event.userName !== undefined && { Username: event.userName }),
    Resources: [...event.resources, ...event.otherNames].map(({ type, name }) => ({
      ResourceType: type,
      ResourceName: name,
    })),
    CloudTrailEvent: recordText(event),
  };
}
