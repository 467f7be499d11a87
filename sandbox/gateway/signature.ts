/**
 * Verifies AWS Signature Version 4, in the header and in the query string.
 *
 * The body is always hashed here: a verifier that trusts `x-amz-content-sha256` accepts a body that was changed
 * on the way. Algorithm: "Create a signed AWS API request" in the IAM user guide. Texts and order of the refusals: as
 * DynamoDB sends them, recorded by dynalite, and "Troubleshoot Signature Version 4 signing".
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Credential } from '../credential.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import { isRegionName } from '../region-name.ts';
import type { Clock } from '../timing/clock.ts';
import { canonicalRequest } from './canonical-request.ts';
import { checkAge } from './signature-age.ts';
import { algorithm, type SignatureClaim } from './signature-claim.ts';
import { SignatureFault } from './signature-fault.ts';
import { hmac, signingKey } from './signing-key.ts';

/**
 * Holds the request against its claim.
 *
 * @param credential what the claimed access key id stands for; undefined when nobody knows it
 * @param addressed the service that the request is for, where the request tells
 * @throws SignatureFault
 */
export function verifySignature(
  request: WireRequest,
  claim: SignatureClaim,
  credential: Credential | undefined,
  clock: Clock,
  addressed: string | undefined,
): asserts credential is Credential {
  checkAge(claim, clock.machineNow());
  requireSigned(claim, 'host', "'Host' or ':authority'");
  if (request.headers['x-amz-target'] !== undefined) {
    // Whoever may change an unsigned target may change the operation. Inferred: the sentence, after the one above.
    requireSigned(claim, 'x-amz-target', "'X-Amz-Target'");
  }
  checkScope(claim, addressed);
  if (!credential)
    throw new SignatureFault('unknown-key', 'The security token included in the request is invalid.');
  if (!sameText(expectedSignature(request, claim, credential.secretAccessKey), claim.signature)) {
    throw new SignatureFault(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  if (!sameText(claim.sessionToken ?? '', credential.sessionToken ?? ''))
    throw new SignatureFault('bad-token', 'The security token included in the request is invalid.');
  if (credential.expiresAt && credential.expiresAt <= clock.now()) {
    throw new SignatureFault('expired-token', 'The security token included in the request is expired');
  }
}

function requireSigned(claim: SignatureClaim, name: string, words: string): void {
  if (claim.signedHeaders.includes(name)) return;
  throw new SignatureFault('mismatch', `${words} must be a 'SignedHeader' in the AWS Authorization.`);
}

function checkScope(claim: SignatureClaim, addressed: string | undefined): void {
  const { date, region, service, terminator, timestamp } = claim;
  const day = timestamp.slice(0, 8);
  let problems = '';
  if (!isRegionName(region)) {
    problems += `Credential should be scoped to a valid region, not '${region}'. `;
  }
  if (addressed !== undefined && service !== addressed) {
    problems += `Credential should be scoped to correct service: '${addressed}'. `;
  }
  if (terminator !== 'aws4_request') {
    problems += `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `;
  }
  if (date !== day) {
    problems += `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`;
  }
  if (problems !== '') throw new SignatureFault('mismatch', problems);
}

function expectedSignature(request: WireRequest, claim: SignatureClaim, secret: string): string {
  const canonical = canonicalRequest(request, claim);
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const digest = hash('sha256', canonical);
  const toSign = [algorithm, claim.timestamp, scope, digest].join('\n');
  return hmac(signingKey(secret, claim), toSign).toString('hex');
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
