import type { NamedPolicy } from '../policy/evaluate.ts';
import type { Principal } from '../policy/request.ts';
import type { KeyOwner } from './services/iam/store.ts';

/** What signs a request, and whom it stands for. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials; a request must carry it. */
  readonly sessionToken?: string;
  /** When temporary credentials stop working. */
  readonly expiresAt?: Date;
  readonly principal: Principal;
  readonly accountId: string;
  /** When temporary credentials were given out. */
  readonly issuedAt?: Date;
  /** The user (or root) who made a federated user's session, and whose identity policies it draws on. */
  readonly sharedBy?: KeyOwner;
  /** Services that do not know these credentials at all: IAM, for sessions that a user makes for itself. */
  readonly closedServices?: readonly string[];
  /** Policies that limit this session only. */
  readonly sessionPolicies?: readonly NamedPolicy[];
}
