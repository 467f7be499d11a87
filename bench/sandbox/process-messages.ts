/** What a benchmark and its sandbox process tell each other. */
import type { AccessKey } from '../../sandbox/sandbox.ts';

export type ProcessRequest =
  | { readonly kind: 'add accounts'; readonly total: number }
  | { readonly kind: 'fill'; readonly tableName: string; readonly total: number };

export interface ProcessReply {
  readonly url: string;
  /** Of the administrators, account by account. */
  readonly keys: readonly AccessKey[];
  /** That the request took. */
  readonly ms: number;
  /** Resident, without garbage. */
  readonly bytes: number;
}
