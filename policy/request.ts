/** Who asks, what for, on which resource, and under which circumstances: the input of an evaluation. */

/** The caller, as policies see it. */
export type Principal =
  | { readonly kind: 'root'; readonly arn: string; readonly accountId: string }
  | { readonly kind: 'user'; readonly arn: string; readonly accountId: string; readonly userId: string }
  | {
      readonly kind: 'role-session';
      /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
      readonly arn: string;
      /** `arn:aws:iam::<account>:role/<path><role>`, which policies may name as well. */
      readonly roleArn: string;
      readonly accountId: string;
      readonly userId: string;
    }
  | {
      readonly kind: 'federated-user';
      readonly arn: string;
      readonly accountId: string;
      readonly userId: string;
    }
  | { readonly kind: 'service'; readonly service: string };

/**
 * Values of condition keys. Keys are compared without regard to case, as IAM does; numbers, booleans and dates
 * are given as the text that AWS would put there (`true`, `3600`, `2026-11-22T10:00:00Z`).
 */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

export interface AccessRequest {
  readonly principal: Principal;
  /** `service:Operation`, for example `kms:Decrypt`. */
  readonly action: string;
  /** The resource's ARN, or `*` for actions that have none. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly context: ConditionContext;
  /**
   * Given where the request is known in part only: it may then carry other condition keys than `context` has, but
   * surely not these. `kms:EncryptionContext:*` stands for all that begin so. What hangs on a key that may be there
   * is answered by `decideInDoubt` alone; everywhere else, what `context` lacks, the request lacks.
   */
  readonly lacks?: readonly string[];
}
