/** What somebody who may open one data key is tried with besides: other contexts, and data keys of other items. */
import type { Account } from '../account.ts';
import { decryptCalls, withDataKey } from '../envelope/decrypt-data-key.ts';
import {
  contextInWords,
  type EncryptionContext,
  envelopeCalls,
  readEnvelope,
} from '../envelope/read-envelope.ts';

/** The calls that {@link locateDataKey} makes. */
export const locateCalls = [...envelopeCalls, ...decryptCalls] as const;

/** A call to kms:Decrypt. */
export interface Attempt {
  /** ARN of the KMS key that the data key is encrypted under. */
  readonly key: string;
  readonly ciphertext: Uint8Array;
  readonly context: EncryptionContext;
}

export interface OtherAttempt extends Attempt {
  /** For a sentence that begins "ana may": `use the key with no context`. */
  readonly deed: string;
  /** For a list of what was tried, in quotes where it has commas itself. */
  readonly name: string;
}

/** Which item is meant, and the encryption context that opens its data key. */
interface ItemAndContext {
  readonly table: string;
  readonly partitionKey: string;
  readonly id: string;
  readonly context: EncryptionContext;
}

/**
 * The data key that an item holds, and the key that opens it, wherever the item was moved.
 *
 * @throws as `readEnvelope` and `withDataKey` do
 */
export async function locateDataKey(
  account: Account<(typeof locateCalls)[number]>,
  item: ItemAndContext,
): Promise<Attempt> {
  const { id, context } = item;
  const { envelope } = await readEnvelope(account, item);
  const { dataKey: ciphertext } = envelope;
  const key = await withDataKey(
    account,
    { id, ciphertext, context },
    { name: 'which-key', given: null, make: ({ KeyId = '' }) => KeyId },
  );
  return { key, ciphertext, context };
}

/**
 * The same data key without a context, with one value of it changed, each in its turn, and with one pair more: a constraint
 * with EncryptionContextSubset, or a policy that asks for these pairs, lets that through ("GrantConstraints", KMS API reference).
 */
export function withOtherContexts(attempt: Attempt): OtherAttempt[] {
  const { context } = attempt;
  const changed = Object.keys(context).map((name) => ({ ...context, [name]: `not ${context[name]}` }));
  const more = { ...context, 'labwright-asks-with': 'one pair more' };
  return [{}, ...changed, more].map((one) => withContext(attempt, one));
}

/** The same data key with another context. */
export function withContext(attempt: Attempt, context: EncryptionContext): OtherAttempt {
  const words = contextInWords(context);
  const name = Object.keys(context).length === 0 ? words : `"${words}"`;
  return { ...attempt, context, deed: `use the key with ${words}`, name };
}

/** The data key of another item with the context that belongs to it: what the user would gain by it. */
export function onOtherItem(id: string, attempt: Attempt): OtherAttempt {
  return { ...attempt, deed: `open the data key of item ${id}`, name: `the data key of item ${id}` };
}
