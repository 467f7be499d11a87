import type { SandboxAccount } from './account.ts';
import type { Credential } from './credential.ts';
import type { ForwardedUse } from './forwarded-use.ts';
import type { Clock } from './timing/clock.ts';

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
