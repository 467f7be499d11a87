import type { Denial } from '../policy/explain.ts';
import type { SandboxAccount } from './account.ts';
import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';

/** A call that a service made to KMS because of another call. */
export interface ForwardedUse {
  /** `kms:Decrypt` */
  readonly call: string;
  /** `dynamodb.amazonaws.com` */
  readonly invokedBy: string;
  readonly keyArn: string;
  /** Whether the service called as itself; otherwise with the identity of its caller. */
  readonly asService: boolean;
  /** Nothing was asked: the service still had the answer of an earlier call. */
  readonly remembered?: boolean;
  /** KMS's, where it refused. */
  readonly error?: { readonly code: string; readonly message: string };
  /** What policies refused, where they did. */
  readonly denial?: DeniedPermission;
}

/** What a caller was not allowed to do, and what decided that. */
export interface DeniedPermission {
  /** `kms:Decrypt` */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly decision: Denial;
}

/** One request on its way through the sandbox, after its signature was verified. */
export interface Call {
  /** The caller's account. */
  readonly account: SandboxAccount;
  readonly credential: Credential;
  /** From the credential scope of the signature. */
  readonly region: string;
  readonly requestId: string;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly sourceIp: string;
  /** What services asked of KMS on the way, in order; for logs. */
  readonly forwarded: ForwardedUse[];
}
