/** Who may call which operation of STS at all: some do not take temporary credentials. */
import type { Call } from '../../call.ts';
import type { KeyOwner } from '../iam/store.ts';
import { accessDenied } from './errors.ts';

/**
 * The user or root that calls with long-term credentials.
 *
 * @throws AwsError AccessDenied for temporary credentials (observed on AWS, many public logs)
 */
export function longTermCaller({ credential }: Call, operation: string): KeyOwner {
  const { principal, sessionToken } = credential;
  if (sessionToken !== undefined || (principal.kind !== 'user' && principal.kind !== 'root')) {
    throw accessDenied(`Cannot call ${operation} with session credentials`);
  }
  return principal;
}

/**
 * Refuses the sessions that a user makes for itself, which may call AssumeRole and GetCallerIdentity only
 * (GetSessionToken and GetFederationToken, STS API reference).
 *
 * @throws AwsError AccessDenied. Inferred: in the words that GetSessionToken has for them.
 */
export function refuseUserSession({ credential }: Call, operation: string): void {
  if (credential.sessionToken === undefined || credential.principal.kind === 'role-session') return;
  throw accessDenied(`Cannot call ${operation} with session credentials`);
}

/** Seconds a session lasts: the root user's one hour at most, whatever was asked for (GetSessionToken, STS API reference). */
export function sessionDuration(caller: KeyOwner, asked = 43_200): number {
  return caller.kind === 'root' ? Math.min(asked, 3600) : asked;
}

/**
 * Refuses a multi-factor code: nobody in the sandbox has an MFA device that it could come from.
 *
 * @throws AwsError AccessDenied (observed on AWS, many public logs)
 */
export function refuseMfa(input: {
  SerialNumber?: string | undefined;
  TokenCode?: string | undefined;
}): void {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return;
  throw accessDenied(
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  );
}
