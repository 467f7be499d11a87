/**
 * Plaintext table keys that DynamoDB has at hand. "DynamoDB caches the plaintext table keys for each caller in memory" and
 * asks KMS again after five minutes, which "will capture any changes made to the access policies of the KMS key in AWS
 * KMS or IAM since the last request" (pages "DynamoDB encryption at rest: Usage notes" and "How it works").
 *
 * The five minutes are counted from the last time that KMS was asked: with a read every 30 s, reads ended 332 s after
 * DisableKey (observed on AWS, aws-controllers-k8s/dynamodb-controller DDB-TABLE-331), so use does not prolong them.
 * A refusal is not kept: the pages speak of keys only, and access that was just given works on the next try.
 */
import type { Call } from '../../../call.ts';
import type { Credential } from '../../../credential.ts';
import type { Table } from '../table.ts';
import type { KeyChain } from './key-chain.ts';
import type { SealingKey } from './sealing-key.ts';
import { keysInForce } from './table-encryption.ts';

interface CachedKey {
  /** What it opened: a table that moves to another KMS key gets another table key, which nobody has asked for yet. */
  readonly chain: KeyChain;
  readonly sealingKey: SealingKey;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
}

export class TableKeyCache {
  /** By table and caller; what was asked for last comes last. */
  readonly #keys = new Map<string, CachedKey>();

  /** What the caller was let have lately; undefined if KMS has to be asked. */
  find(call: Call, table: Table): SealingKey | undefined {
    const cached = this.#keys.get(placeOf(call, table));
    if (!cached || cached.chain !== keysInForce(table.encryption)) return undefined;
    return isFresh(cached, call) ? cached.sealingKey : undefined;
  }

  /** Keeps what KMS let the caller have, if keys are kept at all. */
  hold(call: Call, table: Table, sealingKey: SealingKey): void {
    if (call.clock.timing.tableKeyCacheMs === 0) return;
    for (const [place, cached] of this.#keys) {
      if (isFresh(cached, call)) break;
      this.#keys.delete(place);
    }
    const place = placeOf(call, table);
    this.#keys.delete(place);
    const chain = keysInForce(table.encryption);
    this.#keys.set(place, { chain, sealingKey, askedAt: call.clock.now().getTime() });
  }
}

function isFresh({ askedAt }: CachedKey, { clock }: Call): boolean {
  return clock.now().getTime() < askedAt + clock.timing.tableKeyCacheMs;
}

function placeOf(call: Call, table: Table): string {
  return `${table.id} ${callerOf(call.credential)}`;
}

/**
 * Inferred: a caller is a user or the root, whichever of its access keys it uses (the pages once said "for each
 * principal"), and for temporary credentials the one session, since another one of the same name may have other session
 * policies.
 */
function callerOf({ accessKeyId, principal, sessionToken }: Credential): string {
  if (sessionToken !== undefined || principal.kind === 'service') return accessKeyId;
  return principal.kind === 'root' ? principal.accountId : principal.userId;
}
