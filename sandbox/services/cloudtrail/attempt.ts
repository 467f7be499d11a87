import type { Permission } from '../../authorisation/permission.ts';
import type { Call } from '../../call.ts';
import type { AnyOperation } from '../../operation.ts';

/** A call of an operation, and how far it has come: the gateway fills it in on the way. */
export interface Attempt {
  /** As in IAM actions: `kms`. */
  readonly service: string;
  readonly operation: AnyOperation;
  readonly call: Call;
  /** Set once the request was read. */
  input?: unknown;
  /** Set once it is known what the caller must be allowed to do. */
  permissions?: readonly Permission[];
  /** Whether the caller was allowed all of it. */
  authorised: boolean;
  /** Set once the operation was carried out. */
  output?: unknown;
}
