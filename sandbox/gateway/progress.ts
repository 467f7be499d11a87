import type { ForwardedUse } from '../forwarded-use.ts';
import type { Protocol } from '../protocol/protocol.ts';

/** How far a request has come. An error that ends it is written, and recorded, by what is known at that point. */
export interface Progress {
  /** Until a service is known, the one that the request seems to speak. */
  protocol: Protocol;
  /** `kms:DescribeKey`; a question mark for what is not known. */
  call: string;
  /** Who calls, once the signature held. */
  caller?: {
    readonly region: string;
    /** Id of the account. */
    readonly account: string;
    /** ARN, or the name of a service. */
    readonly principal: string;
    /** What services ask of KMS on the way; grows with the call. */
    readonly forwarded: readonly ForwardedUse[];
  };
}
