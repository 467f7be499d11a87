/**
 * AWS's request rates per second, and buckets that hold calls to them.
 *
 * KMS: "Request quotas" in the KMS developer guide (CreateKey, CreateAlias, CancelKeyDeletion and CreateGrant in its current form, the
 * others as of 2023). CloudTrail: LookupEvents, two per account and Region ("Quotas in AWS CloudTrail").
 */
const ratesPerSecond: Readonly<Record<string, number>> = {
  'cloudtrail:LookupEvents': 2,
  'kms:CancelKeyDeletion': 5,
  'kms:CreateAlias': 5,
  'kms:CreateGrant': 50,
  'kms:CreateKey': 5,
  'kms:DescribeKey': 2000,
  'kms:DisableKey': 5,
  'kms:EnableKey': 5,
  'kms:GetKeyPolicy': 1000,
  'kms:GetKeyRotationStatus': 1000,
  'kms:ListAliases': 500,
  'kms:ListGrants': 100,
  'kms:ListKeys': 500,
  'kms:PutKeyPolicy': 15,
  'kms:ScheduleKeyDeletion': 15,
};

interface Bucket {
  tokens: number;
  /** Milliseconds since the epoch. */
  filledAt: number;
}

/** Token buckets that hold one second's worth, one for each account, Region and call. */
export class RequestRates {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a call in, or says that it is one too many. Calls without a known rate are always taken. */
  take(scope: string, call: string, now: Date): boolean {
    const rate = Object.hasOwn(ratesPerSecond, call) ? ratesPerSecond[call] : undefined;
    if (rate === undefined) return true;
    const key = `${scope} ${call}`;
    const bucket = this.#buckets.get(key) ?? { tokens: rate, filledAt: now.getTime() };
    const since = Math.max(0, now.getTime() - bucket.filledAt) / 1000;
    const tokens = Math.min(rate, bucket.tokens + since * rate);
    const taken = tokens >= 1;
    this.#buckets.set(key, { tokens: taken ? tokens - 1 : tokens, filledAt: now.getTime() });
    return taken;
  }
}
