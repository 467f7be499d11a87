/** How old a signature may be, and how far a client's clock may run ahead. */
import { fromBasicDate, type SignatureClaim } from './signature-claim.ts';
import { SignatureFault } from './signature-fault.ts';

/** "AWS verifies that the request is received within 15 minutes of the time stamp" (IAM user guide, SigV4). */
const allowedSkewSeconds = 15 * 60;
const longestPresignedSeconds = 604_800;

/**
 * Services whose presigned requests hold for 15 minutes whatever X-Amz-Expires says. Observed on AWS for
 * GetCallerIdentity: kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go.
 */
const ignoresExpires: ReadonlySet<string> = new Set(['sts']);

/** @param now by the clock that clients go by @throws SignatureFault */
export function checkAge(claim: SignatureClaim, now: Date): void {
  const signedAt = fromBasicDate(claim.timestamp);
  const at = now.getTime();
  const seconds = secondsValid(claim);
  if (signedAt < at - seconds * 1000) {
    throw new SignatureFault(
      'expired',
      `Signature expired: ${claim.timestamp} is now earlier than ${basic(at - seconds * 1000)} (${basic(at)} - ${inWords(seconds)})`,
    );
  }
  if (signedAt > at + allowedSkewSeconds * 1000) {
    throw new SignatureFault(
      'expired',
      `Signature not yet current: ${claim.timestamp} is still later than ${basic(at + allowedSkewSeconds * 1000)} (${basic(at)} + ${inWords(allowedSkewSeconds)})`,
    );
  }
}

/**
 * 1 to 604800 seconds for a presigned request that says so ("Authentication with query parameters" in the IAM user
 * guide). Inferred: the sentence is S3's, the code that of every other unusable part of a signature.
 */
function secondsValid({ presigned, service }: SignatureClaim): number {
  if (presigned?.expires === undefined || ignoresExpires.has(service)) return allowedSkewSeconds;
  const seconds = /^\d+$/.test(presigned.expires) ? Number(presigned.expires) : Number.NaN;
  if (Number.isNaN(seconds)) throw unusable('X-Amz-Expires should be a number');
  if (seconds < 1) throw unusable('X-Amz-Expires must be at least 1 second');
  if (seconds > longestPresignedSeconds) {
    throw unusable(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return seconds;
}

function unusable(why: string): SignatureFault {
  return new SignatureFault('incomplete', why);
}

/** Inferred: how a time that is not whole minutes is written; AWS shows 15 minutes. */
function inWords(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`;
}

function basic(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
