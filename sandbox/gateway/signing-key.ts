/** The keys that requests are signed with: "Create a signed AWS API request" in the IAM user guide. */
import { createHmac } from 'node:crypto';

/** What a signing key is good for: the parts of a credential scope. */
interface SigningScope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** By secret and scope. A client goes on with the same key all day. */
const made = new Map<string, Buffer>();
const maxMade = 10_000;
/** Of secret and scope, in characters; only hostile requests name longer Regions. */
const maxLength = 200;

export function signingKey(secret: string, { date, region, service }: SigningScope): Buffer {
  const from = `${secret}/${date}/${region}/${service}`;
  const known = made.get(from);
  if (known) return known;
  const day = hmac(`AWS4${secret}`, date);
  const key = hmac(hmac(hmac(day, region), service), 'aws4_request');
  if (made.size >= maxMade) made.clear();
  if (from.length <= maxLength) made.set(from, key);
  return key;
}

/** HMAC-SHA256. */
export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
