import type { ComparedStore } from '../../keeping/kept-store.ts';
import type { KmsKey } from './kms-key.ts';
import type { KmsStore } from './store.ts';

/** The keys by their ids, each with its aliases, grants and material. */
export function keptKms(kms: KmsStore): ComparedStore {
  return {
    records: () => kms.keys().map((key) => [key.keyId, key] as const),
    restore: (_keyId, key) => kms.addKey(key as KmsKey),
  };
}
