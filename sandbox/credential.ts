import type { NamedPolicy } from '../policy/evaluate.ts';
import type { Principal } from '../policy/request.ts';

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
  /** Policies that limit this session only. */
  readonly sessionPolicies?: readonly NamedPolicy[];
}
