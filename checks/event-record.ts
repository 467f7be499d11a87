/** The record of one call in CloudTrail's event history. */

/** The part of a record that checks look at: page "CloudTrail record contents" of the CloudTrail user guide. */
export interface EventRecord {
  readonly eventID?: string;
  /** ISO 8601, whole seconds. */
  readonly eventTime?: string;
  readonly requestID?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly userIdentity?: {
    readonly arn?: string;
    readonly principalId?: string;
    readonly invokedBy?: string;
  };
  /** Absent where the call succeeded. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters?: { readonly encryptionContext?: Readonly<Record<string, string>> } | null;
  readonly resources?: readonly { readonly ARN?: string }[];
}

/** @param text `CloudTrailEvent` of an event; undefined for what is no record */
export function readRecord(text: string | undefined): EventRecord | undefined {
  try {
    const record: unknown = JSON.parse(text ?? '');
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}
