/** Makes writing transactions idempotent; description of its ClientRequestToken in the SDK's model. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws-error.ts';
import type { Changes, NotedStore } from '../../../keeping/kept-store.ts';
import { requireAll } from '../constraints.ts';

/** "A client request token is valid for 10 minutes after the first request that uses it is completed." */
const validMs = 10 * 60 * 1000;

interface UsedToken {
  /** Of everything else in the request. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** The client request tokens of transactions that were carried out. Inferred: a cancelled one may be tried again. */
export class ClientTokens implements NotedStore {
  changes?: Changes | undefined;
  /** Oldest first. */
  readonly #used = new Map<string, UsedToken>();

  /**
   * Whether the same request was carried out under this token already.
   *
   * @throws AwsError IdempotentParameterMismatchException when it was another request
   */
  isReplay(token: string, fingerprint: string, now: number): boolean {
    this.#forget(now);
    const used = this.#used.get(token);
    if (used === undefined) return false;
    if (used.fingerprint === fingerprint) return true;
    // Inferred: the text.
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }

  remember(token: string, fingerprint: string, now: number): void {
    const used: UsedToken = { fingerprint, until: now + validMs };
    this.#used.set(token, used);
    this.changes?.put(nameOf(token, used), [token, used]);
  }

  restore(_name: string, record: unknown): void {
    const [token, used] = record as [string, UsedToken];
    this.#used.set(token, used);
  }

  #forget(now: number): void {
    for (const [token, used] of this.#used) {
      if (now < used.until) return;
      this.#used.delete(token);
      this.changes?.delete(nameOf(token, used));
    }
  }
}

/** Names sort by age. JSON escapes what a token may hold and UTF-8 cannot. */
function nameOf(token: string, { until }: UsedToken): string {
  return `${String(until).padStart(15, '0')} ${JSON.stringify(token)}`;
}

/** The same for requests that differ only in the order of the members of their JSON objects, and in the token. */
export function fingerprintOf({ ClientRequestToken: _token, ...rest }: Record<string, unknown>): string {
  return createHash('sha256')
    .update(JSON.stringify(rest, (_name, value) => sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @throws AwsError SerializationException; ValidationException for a token of more than 36 characters or none */
export function readClientToken(token: unknown): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token !== 'string') {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected');
  }
  const must = (length: string) =>
    `Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length ${length}`;
  requireAll(
    token.length > 36 ? must('less than or equal to 36') : undefined,
    token.length < 1 ? must('greater than or equal to 1') : undefined,
  );
  return token;
}
