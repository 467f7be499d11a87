/** The sessions of one account: temporary credentials and whom they stand for. */
import { randomBytes } from 'node:crypto';
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import type { Principal } from '../../../policy/request.ts';
import type { Credential } from '../../credential.ts';
import type { Changes, NotedStore } from '../../keeping/kept-store.ts';
import type { Clock } from '../../timing/clock.ts';
import type { IamStore, KeyOwner } from '../iam/store.ts';
import { secretAccessKey, uniqueId } from '../iam/unique-ids.ts';

/**
 * How long a session is known after it has expired, in milliseconds, so that its holder is told that it expired rather
 * than that nobody knows it. Inferred: the figure.
 */
const rememberedMs = 24 * 60 * 60 * 1000;

export interface NewSession {
  readonly principal: Principal;
  readonly durationSeconds: number;
  readonly sessionPolicies?: readonly NamedPolicy[];
  /** The user or root that a session which is no role's belongs to, and ends with. */
  readonly owner?: KeyOwner;
}

interface Session {
  readonly credential: Credential & { readonly issuedAt: Date; readonly expiresAt: Date };
  readonly ownerId?: string;
}

export class StsStore implements NotedStore {
  changes?: Changes | undefined;
  readonly #sessions = new Map<string, Session>();
  readonly #iam: IamStore;
  readonly #clock: Clock;

  constructor(iam: IamStore, clock: Clock) {
    this.#iam = iam;
    this.#clock = clock;
  }

  open({ principal, durationSeconds, sessionPolicies, owner }: NewSession): Session['credential'] {
    const issuedAt = new Date(Math.floor(this.#clock.now().getTime() / 1000) * 1000);
    const credential = {
      accessKeyId: uniqueId('temporary access key'),
      secretAccessKey: secretAccessKey(),
      sessionToken: randomBytes(240).toString('base64'),
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + durationSeconds * 1000),
      principal,
      accountId: this.#iam.accountId,
      sessionPolicies,
      // What GetSessionToken (without MFA) and GetFederationToken give out cannot call IAM (their pages in the STS API
      // reference).
      ...(owner && { closedServices: ['iam'] }),
      ...(principal.kind === 'federated-user' && { sharedBy: owner }),
    };
    const ownerId = owner && (owner.kind === 'root' ? owner.accountId : owner.userId);
    this.#forgetExpired(issuedAt);
    const session: Session = { credential, ownerId };
    this.#sessions.set(credential.accessKeyId, session);
    this.changes?.put(credential.accessKeyId, session);
    return credential;
  }

  restore(accessKeyId: string, session: unknown): void {
    this.#sessions.set(accessKeyId, session as Session);
  }

  /** The session behind an access key id while its owner exists; expired or not, but not long after it has. */
  credential(accessKeyId: string): Credential | undefined {
    const session = this.#sessions.get(accessKeyId);
    if (!session || session.ownerId === undefined) return session?.credential;
    const owner = this.#iam.owner(session.ownerId);
    if (!owner) return undefined;
    const { credential } = session;
    // A user who was renamed since then acts under the new name.
    return credential.sharedBy ? { ...credential, sharedBy: owner } : { ...credential, principal: owner };
  }

  /** From the oldest to the first that stays: a short one behind a long one goes with that. */
  #forgetExpired(now: Date): void {
    for (const [accessKeyId, { credential }] of this.#sessions) {
      if (credential.expiresAt.getTime() + rememberedMs > now.getTime()) return;
      this.#sessions.delete(accessKeyId);
      this.changes?.delete(accessKeyId);
    }
  }
}
