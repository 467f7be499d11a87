/** What GetKeyLastUsage knows of a key: its uses by requests to KMS, and those by other services for their callers. */
import { KeyLastUsageTrackingOperation } from '@aws-sdk/client-kms';
import type { Call } from '../../call.ts';
import type { HistoryEvent } from '../cloudtrail/event.ts';
import type { KeyUse, KmsKey } from './kms-key.ts';

/** A use, and its event while the event history has it. */
export interface RecordedUse extends KeyUse {
  readonly eventId?: string;
}

/** Keeps a request's use of a key. To be called once a cryptographic operation has succeeded. */
export function recordUse(call: Call, key: KmsKey, operation: KeyLastUsageTrackingOperation): void {
  key.lastUsage = { operation, at: call.clock.now(), requestId: call.requestId };
}

/**
 * The last use of a key, if there was one. Services that compute with a key for a caller leave an event, which is
 * kept as long as the event history keeps it.
 */
export function lastUse(call: Call, key: KmsKey): RecordedUse | undefined {
  const kept = key.lastUsage;
  const event = lastEvent(call, key);
  if (!event) return kept;
  if (event.requestId === kept?.requestId) return { ...kept, eventId: event.id };
  // An event that can be looked up only later leaves an older one to be found; event times are whole seconds.
  if (kept && event.time < Math.floor(kept.at.getTime() / 1000) * 1000) return kept;
  return {
    operation: event.name,
    at: new Date(event.time),
    requestId: event.requestId,
    eventId: event.id,
  };
}

type UseEvent = HistoryEvent & { readonly name: KeyLastUsageTrackingOperation };

/** The newest event of a use of the key. */
function lastEvent(call: Call, key: KmsKey): UseEvent | undefined {
  const history = call.account.eventHistory(key.region);
  const attribute = { key: 'ResourceName', value: key.arn } as const;
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const found = history.find({ attribute, from: 0, to: Number.POSITIVE_INFINITY, before, limit: 50 });
    const use = found.events.find(isUse);
    if (use || found.last === undefined) return use;
    before = found.last;
  }
}

function isUse(event: HistoryEvent): event is UseEvent {
  return (
    event.source === 'kms.amazonaws.com' &&
    event.error === undefined &&
    Object.hasOwn(KeyLastUsageTrackingOperation, event.name)
  );
}
