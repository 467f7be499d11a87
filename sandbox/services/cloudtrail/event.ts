/** One event of the history: what it can be looked up by, and what its record is made from. */
import { randomUUID } from 'node:crypto';
import type { Call } from '../../call.ts';
import { type Caller, userName, withoutSecrets } from './user-identity.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/** By type (`AWS::KMS::Key`) and name. */
export interface NamedResource {
  readonly type: string;
  readonly name: string;
}

/** A call that was answered. */
interface AnsweredCall {
  /** `kms.amazonaws.com` */
  readonly source: string;
  readonly name: string;
  readonly region: string;
  readonly requestId: string;
  readonly readOnly: boolean;
  readonly keyMaterialId?: string | undefined;
  /** `message` is absent where it might quote what must not be kept. */
  readonly error?: { readonly code: string; readonly message?: string } | undefined;
  readonly apiVersion?: string | undefined;
  /** ARNs and their types. */
  readonly resources: readonly NamedResource[];
  /** Resources that the record itself does not list. */
  readonly otherNames: readonly NamedResource[];
  /** The service that made the call for the caller. */
  readonly invokedBy?: string | undefined;
}

export interface NewEvent extends AnsweredCall {
  /** Where it is not whoever signed the request. */
  readonly caller?: Caller;
  readonly requestParameters: JsonObject | null;
  readonly responseElements: JsonObject | null;
}

export interface HistoryEvent extends AnsweredCall {
  readonly id: string;
  /** Milliseconds since the epoch, whole seconds: what the record says. */
  readonly time: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  readonly caller: Caller;
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly recipientAccountId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** JSON. A copy is due in any case, and text says how large it is. */
  readonly requestParameters: string;
  readonly responseElements: string;
}

/** Limits of the page "CloudTrail record contents": text beyond is cut off, parameters beyond are left out. */
const maxText = 1024;
const maxParameters = 100 * 1024;

/** The event of a call that was answered just now. */
export function historyEvent(call: Call, answered: NewEvent): HistoryEvent {
  const caller = answered.caller ?? withoutSecrets(call.credential);
  const { principal, accessKeyId } = caller;
  const now = call.clock.now().getTime();
  const { invokedBy, error } = answered;
  return {
    id: randomUUID(),
    source: answered.source,
    name: answered.name,
    region: answered.region,
    requestId: answered.requestId,
    readOnly: answered.readOnly,
    keyMaterialId: answered.keyMaterialId,
    error: error && { code: error.code, message: error.message?.slice(0, maxText) },
    apiVersion: answered.apiVersion,
    resources: answered.resources,
    otherNames: answered.otherNames,
    invokedBy,
    time: now - (now % 1000),
    addedAt: now,
    caller,
    userName: userName(principal),
    accessKeyId,
    recipientAccountId: call.account.id,
    sourceIp: invokedBy ?? call.sourceIp,
    userAgent: (invokedBy ?? call.userAgent).slice(0, maxText),
    requestParameters: withinLimit(answered.requestParameters),
    responseElements: withinLimit(answered.responseElements),
  };
}

/** Characters that the event takes up, as far as they depend on what callers send. */
export function sizeOf(event: HistoryEvent): number {
  return event.requestParameters.length + event.responseElements.length + event.userAgent.length;
}

/** Inferred: `{"omitted": true}` in place of what is too large; the page names the flag, not its place. */
function withinLimit(parameters: JsonObject | null): string {
  if (parameters === null) return 'null';
  const text = JSON.stringify(parameters);
  return text.length > maxParameters ? '{"omitted":true}' : text;
}
