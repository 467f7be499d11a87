import type { AccessKey, CredentialSource } from '../runner/accounts/access-key.ts';

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
