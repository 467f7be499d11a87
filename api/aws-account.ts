import type { AccessKey, CredentialSource } from '../runner/accounts/access-key.ts';
import { AwsCaller } from '../runner/accounts/aws-caller.ts';
import type { AccountKind } from '../runner/accounts/caller.ts';

/**
 * Which account is meant, and how it is entered. Without `profile` and `credentials` the AWS SDK looks for credentials where it
 * always does: environment, shared files, container, instance.
 */
export interface AwsAccount {
  readonly region: string;
  /** Another address than AWS's: a sandbox. */
  readonly endpoint?: string;
  /** A profile of the shared configuration files. */
  readonly profile?: string;
  /** An access key, or what gives one that expires. */
  readonly credentials?: AccessKey | CredentialSource;
}

/** What answers on this machine's loopback is not AWS. */
export function kindOf({ endpoint }: AwsAccount): AccountKind {
  const hostname = endpoint === undefined ? '' : new URL(endpoint).hostname;
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.') ? 'sandbox' : 'live';
}

/** Calls as the owner of the account, or as somebody else in the same place. */
export function callerFor(
  { region, endpoint, profile, credentials }: AwsAccount,
  {
    as,
    signal,
  }: {
    readonly as?: Pick<AwsAccount, 'profile' | 'credentials'>;
    readonly signal?: AbortSignal | undefined;
  } = {},
): AwsCaller {
  const who = as ?? { ...(profile !== undefined && { profile }), ...(credentials && { credentials }) };
  return new AwsCaller({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...who,
    ...(signal && { signal }),
  });
}
