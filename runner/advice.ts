/** What to do when a call could not be judged. Written for the learner, Markdown. */
import { CallError } from '../checks/call.ts';
import { NotJudged } from '../checks/not-judged.ts';

/** Codes of temporary trouble on AWS's side, "Common errors" of the service references. */
const throttling = new Set([
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
]);
const unknownKey = new Set(['InvalidClientTokenId', 'UnrecognizedClientException']);
const wrongSecret = new Set(['SignatureDoesNotMatch', 'InvalidSignatureException']);
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** One or two sentences on what to do about an error that is not the learner's work. */
export function adviceFor(error: unknown): string {
  if (error instanceof NotJudged) {
    const advices = new Set([...(error.advice ? [error.advice] : []), ...error.causes.map(adviceFor)]);
    return [...advices].join(' ') || 'Nothing was scored.';
  }
  if (!(error instanceof CallError))
    return 'This is a fault of the check, not of your work. Please report it.';
  const { code, call, message } = error;
  if (code === 'AccessDenied' || code === 'AccessDeniedException') {
    const action = /not authorized to perform: (\S+)/.exec(message)?.[1] ?? call;
    return `The credentials that run the checks need the permission \`${action}\`. Add it to them, or use others with \`--profile\`.`;
  }
  if (unknownKey.has(code))
    return 'AWS does not know this access key. Check AWS_ACCESS_KEY_ID or your profile.';
  if (wrongSecret.has(code)) {
    return message.startsWith('Signature expired') || message.startsWith('Signature not yet current')
      ? "This machine's clock is more than a few minutes off. Set it, and run again."
      : 'The secret does not belong to the access key. Check AWS_SECRET_ACCESS_KEY or your profile.';
  }
  if (expired.has(code))
    return 'The session has expired. Sign in again (for example `aws sso login`), and run again.';
  if (throttling.has(code))
    return 'AWS asked to slow down. Wait a minute, and run again; nothing was scored.';
  if (unreachable.has(code))
    return 'Nothing answered. Check the network, the Region and `--endpoint-url`, and run again.';
  if (code === 'CredentialsProviderError')
    return 'No usable credentials were found. Run `aws configure`, or name a profile with `--profile`.';
  if ((error.status ?? 0) >= 500)
    return 'AWS had trouble of its own. Run again in a minute; nothing was scored.';
  return 'Nothing was scored. Run again; if it stays, please report it with this message.';
}
