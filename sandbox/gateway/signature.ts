/**
 * Verifies AWS Signature Version 4, header form.
 *
 * The body is always hashed here: a verifier that trusts `x-amz-content-sha256` accepts a body that was changed
 * on the way. Algorithm: "Create a signed AWS API request" in the IAM user guide. Texts of the refusals: as
 * DynamoDB sends them, recorded by dynalite, and "Troubleshoot Signature Version 4 signing".
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Credential } from '../credential.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import { canonicalRequest } from './canonical-request.ts';
import { SignatureFault } from './signature-fault.ts';
import { hmac, signingKey } from './signing-key.ts';

const algorithm = 'AWS4-HMAC-SHA256';
const allowedSkewMs = 15 * 60 * 1000;

/** Where a request says it is going: parsed from the Authorization header, not yet verified. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** @throws SignatureFault when the request carries no readable claim. */
export function readClaim(request: WireRequest): SignatureClaim {
  const header = request.headers.authorization;
  if (!header) throw new SignatureFault('missing', 'Request is missing Authentication Token');
  if (!header.startsWith('AWS4-'))
    throw new SignatureFault('missing', 'Request is missing Authentication Token');
  if (!header.startsWith(`${algorithm} `)) {
    throw new SignatureFault(
      'incomplete',
      `Unsupported AWS 'algorithm': '${header.split(' ', 1)[0]}' (only ${algorithm} for now). `,
    );
  }
  const parts = new Map<string, string>();
  for (const part of header.slice(algorithm.length + 1).split(',')) {
    const equals = part.indexOf('=');
    if (equals > 0) parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name));
  if (missing.length > 0) {
    const sentences = missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ');
    throw new SignatureFault('incomplete', `${sentences} Authorization=${header}`);
  }
  const credential = parts.get('Credential') ?? '';
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || rest.length > 0) {
    throw new SignatureFault(
      'incomplete',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const signedHeaders = (parts.get('SignedHeaders') ?? '').split(';').map((name) => name.toLowerCase());
  return { accessKeyId, date, region, service, signedHeaders, signature: parts.get('Signature') ?? '' };
}

/**
 * Holds the request against its claim.
 *
 * @param credential what the claimed access key id stands for; undefined when nobody knows it
 * @throws SignatureFault
 */
export function verifySignature(
  request: WireRequest,
  claim: SignatureClaim,
  credential: Credential | undefined,
  clock: Clock,
): asserts credential is Credential {
  const timestamp = request.headers['x-amz-date'];
  if (!timestamp || !/^\d{8}T\d{6}Z$/.test(timestamp)) {
    throw new SignatureFault(
      'incomplete',
      `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${request.headers.authorization}`,
    );
  }
  requireSigned(claim, 'host', "'Host' or ':authority'");
  if (request.headers['x-amz-target'] !== undefined) {
    // Whoever may change an unsigned target may change the operation. Inferred: the sentence, after the one above.
    requireSigned(claim, 'x-amz-target', "'X-Amz-Target'");
  }
  if (claim.date !== timestamp.slice(0, 8)) {
    throw new SignatureFault(
      'mismatch',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    );
  }
  checkSkew(timestamp, clock.machineNow());
  if (!credential)
    throw new SignatureFault('unknown-key', 'The security token included in the request is invalid.');

  const canonical = canonicalRequest(request, claim.signedHeaders);
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const toSign = [algorithm, timestamp, scope, hash('sha256', canonical)].join('\n');
  const expected = hmac(signingKey(credential.secretAccessKey, claim), toSign).toString('hex');
  if (!sameText(expected, claim.signature)) {
    throw new SignatureFault(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  const token = request.headers['x-amz-security-token'];
  if (
    token === undefined
      ? credential.sessionToken !== undefined
      : !sameText(token, credential.sessionToken ?? '')
  ) {
    throw new SignatureFault('bad-token', 'The security token included in the request is invalid.');
  }
  if (credential.expiresAt && credential.expiresAt <= clock.now()) {
    throw new SignatureFault('expired-token', 'The security token included in the request is expired');
  }
}

function requireSigned(claim: SignatureClaim, name: string, words: string): void {
  if (claim.signedHeaders.includes(name)) return;
  throw new SignatureFault('mismatch', `${words} must be a 'SignedHeader' in the AWS Authorization.`);
}

function checkSkew(timestamp: string, now: Date): void {
  const signedAt = Date.parse(
    timestamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const at = now.getTime();
  if (Number.isNaN(signedAt)) {
    throw new SignatureFault(
      'incomplete',
      `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (signedAt < at - allowedSkewMs) {
    throw new SignatureFault(
      'expired',
      `Signature expired: ${timestamp} is now earlier than ${basic(at - allowedSkewMs)} (${basic(at)} - 15 min.)`,
    );
  }
  if (signedAt > at + allowedSkewMs) {
    throw new SignatureFault(
      'expired',
      `Signature not yet current: ${timestamp} is still later than ${basic(at + allowedSkewMs)} (${basic(at)} + 15 min.)`,
    );
  }
}

function basic(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
