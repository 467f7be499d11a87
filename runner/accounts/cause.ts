/** What kind of trouble an AWS call ran into, by its code: "Common errors" of the service references. */
import type { CallError } from '../../checks/call.ts';

export type Cause =
  | 'not permitted'
  | 'unknown key'
  | 'wrong secret'
  | 'clock'
  | 'expired'
  | 'not signed up'
  | 'throttled'
  | 'unknown host'
  | 'unreachable'
  | 'no credentials'
  | 'trouble at AWS'
  | 'not recorded'
  | 'other account'
  | 'unknown';

const causes = new Map<string, Cause>(
  Object.entries({
    AccessDenied: 'not permitted',
    AccessDeniedException: 'not permitted',
    InvalidClientTokenId: 'unknown key',
    UnrecognizedClientException: 'unknown key',
    SignatureDoesNotMatch: 'wrong secret',
    InvalidSignatureException: 'wrong secret',
    RequestExpired: 'clock',
    RequestTimeTooSkewed: 'clock',
    ExpiredToken: 'expired',
    ExpiredTokenException: 'expired',
    TokenRefreshRequired: 'expired',
    OptInRequired: 'not signed up',
    SubscriptionRequiredException: 'not signed up',
    ThrottlingException: 'throttled',
    Throttling: 'throttled',
    RequestLimitExceeded: 'throttled',
    TooManyRequestsException: 'throttled',
    ProvisionedThroughputExceededException: 'throttled',
    ENOTFOUND: 'unknown host',
    EAI_AGAIN: 'unreachable',
    ECONNREFUSED: 'unreachable',
    ECONNRESET: 'unreachable',
    EPIPE: 'unreachable',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    ETIMEDOUT: 'unreachable',
    TimeoutError: 'unreachable',
    CredentialsProviderError: 'no credentials',
    TokenProviderError: 'no credentials',
    NotInRecording: 'not recorded',
    OtherAccount: 'other account',
  } satisfies Record<string, Cause>),
);

export function causeOf({ code, status = 0, message }: CallError): Cause {
  const cause = causes.get(code) ?? (status >= 500 ? 'trouble at AWS' : 'unknown');
  // One code stands for both; the text tells them apart ("Signature Version 4 troubleshooting", IAM user guide).
  const isClock = /^Signature (expired|not yet current)/.test(message);
  return cause === 'wrong secret' && isClock ? 'clock' : cause;
}
