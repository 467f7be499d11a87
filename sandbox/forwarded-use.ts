import type { DeniedPermission } from './authorisation/permission-denied.ts';

/** What a service asked of KMS because of a call, or would have asked had it not remembered the answer. */
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
